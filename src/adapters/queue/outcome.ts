import { UnrecoverableError } from 'bullmq';
import { PermanentError, RetryableError } from '../../errors.ts';

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;

/**
 * When a job that failed with `error` runs again, in milliseconds: when the error says so, else 1 s doubling up to
 * 30 s, each with up to a quarter of jitter so that many jobs do not come back at once.
 */
export function retryDelay(attemptsMade: number, error: unknown, random: () => number = Math.random): number {
  if (error instanceof RetryableError && error.retryInMs !== undefined) {
    return Math.max(0, Math.round(error.retryInMs + random() * 250));
  }
  const doubled = FIRST_RETRY_MS * 2 ** Math.min(attemptsMade - 1, 10);
  return Math.round(Math.min(doubled, LONGEST_RETRY_MS) * (1 - random() / 4));
}

/** The three classes of errors in BullMQ's terms: a permanent one is never run again, any other is. */
export function toQueueError(error: unknown): Error {
  if (error instanceof PermanentError) {
    const last = new UnrecoverableError(`${error.code}: ${error.message}`);
    last.cause = error;
    return last;
  }
  return error instanceof Error ? error : new Error(String(error), { cause: error });
}
