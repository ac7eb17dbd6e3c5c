import { z } from 'zod';

/**
 * What a value may look like, in few characters: a string, a number, a boolean, a string or a number, anything; a list
 * of `a`, a map of `m`, one of the texts `e`, a text that matches `t`, an object of the properties `p` with those of `r` required; or by its
 * name, `#…`, another shape.
 */
export type Shape =
  | string
  | { readonly a: Shape }
  | { readonly m: Shape }
  | { readonly e: readonly string[] }
  | { readonly t: string }
  | { readonly p: Readonly<Record<string, Shape>>; readonly r?: readonly string[] | undefined };

export const shape: z.ZodType<Shape> = z.lazy(() =>
  z.union([
    z.string(),
    z.object({ a: shape }),
    z.object({ m: shape }),
    z.object({ e: z.array(z.string()) }),
    z.object({ t: z.string() }),
    z.object({ p: z.record(z.string(), shape), r: z.array(z.string()).optional() }),
  ]),
);
