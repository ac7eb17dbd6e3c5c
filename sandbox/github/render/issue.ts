import type { Issue, Pull } from '../types.ts';
import type { GitHubWorld } from '../world.ts';
import { renderAccount } from './accounts.ts';
import { associationOf } from './association.ts';
import { renderLabel } from './label.ts';
import { renderReactions } from './reactions.ts';

/** GitHub's "issue"; a pull request is one too, with `pull_request`. */
export function renderIssue(world: GitHubWorld, it: Issue | Pull) {
  const { state, urls } = world;
  const pull = 'headRef' in it ? it : undefined;
  const url = `${urls.repoApi()}/issues/${it.number}`;
  const closedBy = pull ? pull.mergedBy : 'closedBy' in it ? it.closedBy : null;
  return {
    url,
    repository_url: urls.repoApi(),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `${urls.repoHtml()}/${pull ? 'pull' : 'issues'}/${it.number}`,
    id: pull ? pull.issueId : it.id,
    node_id: state.nodeId(pull ? 'PullRequest' : 'Issue', it.number),
    number: it.number,
    title: it.title,
    user: renderAccount(world, it.user),
    labels: it.labels.flatMap((name) => {
      const label = state.labels.get(name.toLowerCase());
      return label ? [renderLabel(world, label)] : [];
    }),
    state: it.state,
    state_reason: 'stateReason' in it ? it.stateReason : null,
    locked: it.locked,
    active_lock_reason: null,
    assignee: it.assignees[0] === undefined ? null : renderAccount(world, it.assignees[0]),
    assignees: it.assignees.map((login) => renderAccount(world, login)),
    milestone: null,
    comments: [...state.comments.values()].filter((each) => each.issueNumber === it.number).length,
    created_at: it.createdAt,
    updated_at: it.updatedAt,
    closed_at: it.closedAt,
    closed_by: closedBy === null ? null : renderAccount(world, closedBy),
    author_association: associationOf(world, it.user),
    body: it.body,
    reactions: renderReactions(`${url}/reactions`),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    ...(pull ? { draft: pull.draft, pull_request: pullLinks(world, pull) } : {}),
  };
}

function pullLinks(world: GitHubWorld, pull: Pull) {
  const html = `${world.urls.repoHtml()}/pull/${pull.number}`;
  return {
    url: `${world.urls.repoApi()}/pulls/${pull.number}`,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    merged_at: pull.mergedAt,
  };
}
