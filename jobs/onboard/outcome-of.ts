import { PermanentError, RetryableError } from '../../src/errors.ts';
import type { JobContext } from '../job.ts';

/** How often a run may fail by a mistake of ours before the asker is told, a minute or two in all. */
const TRIES_OF_OURS = 8;

/** What came of it; a failure that trying again can mend is shown to those who wait, and thrown on. */
export async function outcomeOf<Outcome>(
  work: () => Promise<Outcome>,
  news: { waiting(on: 'github'): Promise<void> },
  { attempt, log }: JobContext,
): Promise<Outcome | { readonly kind: 'failed'; readonly code: string }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PermanentError) {
      log.error({ err: error }, 'a request cannot be done');
      return { kind: 'failed', code: error.code };
    }
    // Nothing outside is to blame, so it will fail like this until somebody mends the code.
    if (!(error instanceof RetryableError) && attempt >= TRIES_OF_OURS) {
      log.error({ err: error }, 'a request fails for a reason of our own');
      return { kind: 'failed', code: 'unexpected' };
    }
    // The first failure is often the only one: nobody need hear of it.
    if (error instanceof RetryableError && attempt > 1) {
      await news
        .waiting('github')
        .catch((cause: unknown) => log.warn({ err: cause }, 'cannot tell of a wait'));
    }
    throw error;
  }
}
