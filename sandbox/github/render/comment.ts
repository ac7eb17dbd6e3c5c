import type { Comment } from '../types.ts';
import type { GitHubWorld } from '../world.ts';
import { renderAccount } from './accounts.ts';
import { renderApp } from './app.ts';
import { renderReactions } from './reactions.ts';

/** GitHub's "issue-comment". */
export function renderComment(world: GitHubWorld, comment: Comment) {
  const { state, urls } = world;
  const path = state.pulls.has(comment.issueNumber) ? 'pull' : 'issues';
  const url = `${urls.repoApi()}/issues/comments/${comment.id}`;
  return {
    id: comment.id,
    node_id: state.nodeId('IssueComment', comment.id),
    url,
    html_url: `${urls.repoHtml()}/${path}/${comment.issueNumber}#issuecomment-${comment.id}`,
    issue_url: `${urls.repoApi()}/issues/${comment.issueNumber}`,
    body: comment.body,
    user: renderAccount(world, comment.user),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: comment.viaApp === null ? 'MEMBER' : 'CONTRIBUTOR',
    performed_via_github_app: comment.viaApp === null ? null : renderApp(world),
    reactions: renderReactions(`${url}/reactions`),
  };
}
