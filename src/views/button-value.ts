import { z } from 'zod';

/** `owner/name`, as a button's value bears it. */
export const repoInButton = z
  .string()
  .max(140)
  .regex(/^[\w-]+\/[\w.-]+$/);

/**
 * Reads what stands behind a button. Whoever presses it can have put anything there.
 *
 * @param longest in characters.
 * @returns undefined when it is not one of ours.
 */
export function readButtonValue<T extends z.ZodType>(
  text: string,
  shape: T,
  longest: number,
): z.output<T> | undefined {
  if (text.length > longest) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  return shape.safeParse(json).data;
}
