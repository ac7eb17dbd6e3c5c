import { z } from 'zod';

/** One stretch of load on one address, as it travels between processes. */
export const slice = z.object({
  url: z.string(),
  signingSecret: z.string(),
  /** A `view_submission` as Slack sends it; each request carries another root view, so that each is a request of its own. */
  payload: z.record(z.string(), z.unknown()),
  perSecond: z.number().positive(),
  seconds: z.number().positive(),
  /** Seed of the gaps: the same seed gives the same arrivals. */
  seed: z.number().int(),
});
export type Slice = z.output<typeof slice>;

export const sliceResult = z.object({
  /** From the moment each request was due until its answer was read, in milliseconds. */
  latencies: z.array(z.number()),
  /** How late each request left, in milliseconds; it is part of its latency. */
  lateness: z.array(z.number()),
  /** What went wrong, one sentence each. */
  problems: z.array(z.string()),
  /** The last answer's body. */
  lastAnswer: z.string(),
});
export type SliceResult = z.output<typeof sliceResult>;
