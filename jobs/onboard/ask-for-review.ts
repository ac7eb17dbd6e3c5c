import type { Policy } from '../../src/domain/policy.ts';
import type { RequestPull } from '../../src/domain/request-state.ts';
import { PermanentError } from '../../src/errors.ts';
import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';

/** Labels an open pull request and asks for its reviews, as the policy wants; what is there already is left alone. */
export async function askForReview(
  github: JobDeps['github'],
  { pullRequest: { labels, reviewers, teams } }: Policy,
  pull: RequestPull,
  log: Log,
): Promise<void> {
  if (pull.state !== 'open') return;
  const missing = labels.filter((label) => !pull.labels.includes(label));
  // Whoever was asked once, or has reviewed, is not asked again by a repeated run.
  const isAsked = pull.awaitedReviewers.length > 0 || pull.reviews.length > 0;
  const people = isAsked ? { reviewers: [], teams: [] } : { reviewers, teams };
  if (missing.length + people.reviewers.length + people.teams.length === 0) return;
  try {
    const wish = { repo: pull.repo, number: pull.number, labels: missing, ...people };
    const { unknown } = await github.labelAndAskForReview(wish);
    if (unknown.length > 0) log.warn({ unknown }, 'the policy names what GitHub does not know');
  } catch (error) {
    // The pull request stands and can be reviewed; a label is no reason to call that a failure.
    if (!(error instanceof PermanentError)) throw error;
    log.error({ err: error }, 'cannot label the pull request or ask for its review');
  }
}
