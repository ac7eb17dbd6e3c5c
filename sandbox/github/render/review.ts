import type { Pull, Review } from '../types.ts';
import type { GitHubWorld } from '../world.ts';
import { renderAccount } from './accounts.ts';

/** GitHub's "pull-request-review". */
export function renderReview(world: GitHubWorld, pull: Pull, review: Review) {
  const html = `${world.urls.repoHtml()}/pull/${pull.number}#pullrequestreview-${review.id}`;
  const url = `${world.urls.repoApi()}/pulls/${pull.number}`;
  return {
    id: review.id,
    node_id: world.state.nodeId('PullRequestReview', review.id),
    user: renderAccount(world, review.user),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: url,
    author_association: 'MEMBER',
    _links: { html: { href: html }, pull_request: { href: url } },
    ...(review.submittedAt === null ? {} : { submitted_at: review.submittedAt }),
    commit_id: review.commitId,
  };
}

/** As in webhooks, where the state is in lower case. */
export function renderReviewEvent(world: GitHubWorld, pull: Pull, review: Review) {
  return {
    ...renderReview(world, pull, review),
    state: review.state.toLowerCase(),
    body: review.body === '' ? null : review.body,
    submitted_at: review.submittedAt,
  };
}
