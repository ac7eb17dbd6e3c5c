import { z } from 'zod';

/** A named operation, ready to be sent. */
export interface GraphOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const graphError = z.object({
  /** `NOT_FOUND`, `STALE_DATA`, `UNPROCESSABLE`, `FORBIDDEN`, …; absent for failures of GitHub itself. */
  type: z.string().optional().catch(undefined),
  path: z.array(z.union([z.string(), z.number()])).catch([]),
  message: z.string().catch(''),
});

export type GraphError = Readonly<z.output<typeof graphError>>;

const body = z.object({ data: z.unknown().optional(), errors: z.array(graphError).optional() });

/** GitHub's answer: what could be answered, and what could not. */
export interface GraphAnswer {
  /** Unparsed; null when nothing could be answered. */
  readonly data: unknown;
  readonly errors: readonly GraphError[];
  /** Milliseconds since the epoch by GitHub's clock. */
  readonly at: number;
}

/** Undefined when this is no answer to a GraphQL request, as when a proxy answered. */
export function readGraphAnswer(data: unknown, at: number): GraphAnswer | undefined {
  const read = body.safeParse(data);
  if (!read.success || (read.data.data === undefined && read.data.errors === undefined)) return undefined;
  return { data: read.data.data ?? null, errors: read.data.errors ?? [], at };
}
