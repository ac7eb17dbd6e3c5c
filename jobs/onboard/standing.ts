import type { RequestPull } from '../../src/domain/request-state.ts';
import { PermanentError, RetryableError } from '../../src/errors.ts';
import type { JobDeps } from '../deps.ts';
import { writtenMark } from './keys.ts';
import type { Wanted } from './open-request.ts';

/**
 * The pull request that an earlier run opened for this request; undefined when there is none.
 *
 * @throws RetryableError when an earlier write may not be visible yet, or GitHub does not answer.
 */
export async function standing(
  { github, marks }: Pick<JobDeps, 'github' | 'marks'>,
  { repo, requestId, name }: Wanted,
): Promise<RequestPull | undefined> {
  const lag = await marks.left(writtenMark(requestId));
  if (lag > 0) throw new RetryableError('an earlier write may not be visible yet', { retryInMs: lag });
  try {
    const { pulls } = await github.readRequestFacts(repo, name);
    return pulls.find((pull) => pull.ours && pull.requestId === requestId);
  } catch (error) {
    // A repository that cannot be read shows none; the reason for that is what the asker is told.
    if (error instanceof PermanentError) return undefined;
    throw error;
  }
}
