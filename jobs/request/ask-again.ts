import type { Policy } from '../../src/domain/policy.ts';
import type { RequestPull } from '../../src/domain/request-state.ts';
import { PermanentError } from '../../src/errors.ts';
import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';

/** Whom a changed pull request waits for: everybody who said something of it, else whom the policy names. */
function toAsk(
  { pullRequest: { reviewers, teams } }: Policy,
  { reviews, awaitedReviewers }: RequestPull,
): { readonly reviewers: readonly string[]; readonly teams: readonly string[] } {
  const said = [...new Set(reviews.map(({ by }) => by))];
  if (said.length > 0)
    return { reviewers: said.filter((login) => !awaitedReviewers.includes(login)), teams: [] };
  return awaitedReviewers.length > 0 ? { reviewers: [], teams: [] } : { reviewers, teams };
}

/** Asks for reviews of a pull request that has changed; returns whose review it waits for then, an earlier run's too. */
export async function askAgain(
  github: JobDeps['github'],
  policy: Policy,
  pull: RequestPull,
  log: Log,
): Promise<readonly string[]> {
  const { reviewers, teams } = toAsk(policy, pull);
  const awaited = pull.awaitedReviewers.filter((login) => pull.reviews.some(({ by }) => by === login));
  if (reviewers.length + teams.length === 0) return awaited;
  try {
    const wish = { repo: pull.repo, number: pull.number, labels: [], reviewers, teams };
    const { unknown } = await github.labelAndAskForReview(wish);
    return [...awaited, ...reviewers, ...teams].filter((name) => !unknown.includes(name));
  } catch (error) {
    // The change stands and can be reviewed; whom nobody can ask is no reason to call that a failure.
    if (!(error instanceof PermanentError)) throw error;
    log.error({ err: error }, 'cannot ask for another review');
    return [];
  }
}
