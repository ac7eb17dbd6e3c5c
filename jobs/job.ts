import type { z } from 'zod';
import type { Log } from './ports.ts';

/** What a run of a job is told besides its payload. */
export interface JobContext {
  /** 1 for the first run; a run after a crash counts too. */
  readonly attempt: number;
  /** Aborted when the process is to end. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** An entry of the catalogue, as the queue runs it. */
export interface Job {
  readonly name: string;
  /** What runs for as long as something is under way has a queue of its own, so that it holds up nothing. */
  readonly queue: 'intents' | 'looks' | 'follows';
  /** Parses the payload; payloads are `{ v, … }`, and a `v` that no version here knows makes the job wait. */
  readonly schema: z.ZodType;
  readonly versions: readonly number[];
  /** Throws `RetryableError` to be run again, `PermanentError` when that cannot help. */
  run(payload: unknown, context: JobContext): Promise<void>;
}

interface JobOf<Payload> {
  readonly name: string;
  readonly queue: Job['queue'];
  readonly schema: z.ZodType<Payload>;
  readonly versions?: readonly number[];
  run(payload: Payload, context: JobContext): Promise<void>;
}

/** Ties a job's schema to its `run`, so that `run` sees a parsed payload only. */
export function job<Payload>(definition: JobOf<Payload>): Job {
  const { name, queue, schema, versions = [1] } = definition;
  return {
    name,
    queue,
    schema,
    versions,
    run: (payload, context) => definition.run(schema.parse(payload), context),
  };
}
