import { roleAtLeast, roleOf } from '../permissions.ts';
import type { Pull, Review } from '../types.ts';
import type { GitHubWorld } from '../world.ts';

/** The reviews that count now: each reviewer's latest verdict, comments aside. */
export function latestReviews(pull: Pull): Review[] {
  const byUser = new Map<string, Review>();
  for (const review of pull.reviews) {
    if (review.state === 'COMMENTED' || review.state === 'PENDING') continue;
    byUser.set(review.user, review);
  }
  return [...byUser.values()];
}

/** The sentence GitHub refuses a merge with while the rule "pull_request" is not satisfied; undefined when it is. */
export function missingReviews(
  world: GitHubWorld,
  pull: Pull,
  parameters: Readonly<Record<string, unknown>>,
): string | undefined {
  const wanted = Number(parameters['required_approving_review_count'] ?? 0);
  const counting = latestReviews(pull).filter((review) => roleAtLeast(roleOf(world, review.user), 'write'));
  if (wanted > 0 && counting.some((review) => review.state === 'CHANGES_REQUESTED')) {
    return 'Changes were requested by a reviewer with write access.';
  }
  const approvals = counting.filter((review) => review.state === 'APPROVED' && review.user !== pull.user);
  const onHead = approvals.filter((review) => review.commitId === pull.headSha);
  if (parameters['require_last_push_approval'] === true && wanted > 0 && onHead.length === 0) {
    return 'New changes require approval from someone other than the last pusher.';
  }
  if (approvals.length >= wanted) return undefined;
  const noun = wanted === 1 ? 'approving review is' : 'approving reviews are';
  return `At least ${wanted} ${noun} required by reviewers with write access.`;
}
