import type { Actor } from '../actor.ts';
import { emit } from '../events.ts';
import { renderPullSimple } from '../render/pull.ts';
import { renderReviewEvent } from '../render/review.ts';
import type { Pull } from '../types.ts';
import type { GitHubWorld } from '../world.ts';

/** Dismisses the approvals of other commits than the head, as a ruleset can ask for on every push. */
export async function dismissStaleReviews(world: GitHubWorld, actor: Actor, pull: Pull): Promise<void> {
  for (const review of pull.reviews) {
    if (review.state !== 'APPROVED' || review.commitId === pull.headSha) continue;
    review.state = 'DISMISSED';
    emit(world, 'pull_request_review', 'dismissed', actor, {
      review: renderReviewEvent(world, pull, review),
      pull_request: await renderPullSimple(world, pull),
    });
  }
}
