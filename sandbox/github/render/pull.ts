import { mergeability } from '../operations/mergeability.ts';
import type { Pull } from '../types.ts';
import type { GitHubWorld } from '../world.ts';
import { renderAccount } from './accounts.ts';
import { renderLabel } from './label.ts';
import { renderRepository } from './repository.ts';
import { renderTeam } from './team.ts';

/** GitHub's "pull-request-simple", as in lists. */
export async function renderPullSimple(world: GitHubWorld, pull: Pull) {
  const { state, urls } = world;
  const api = urls.repoApi();
  const url = `${api}/pulls/${pull.number}`;
  const issue = `${api}/issues/${pull.number}`;
  const html = `${urls.repoHtml()}/pull/${pull.number}`;
  const statuses = `${api}/statuses/${pull.headSha}`;
  const owner = state.repo.owner;
  return {
    url,
    id: pull.id,
    node_id: state.nodeId('PullRequest', pull.number),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: statuses,
    number: pull.number,
    state: pull.state,
    locked: pull.locked,
    title: pull.title,
    user: renderAccount(world, pull.user),
    body: pull.body,
    labels: pull.labels.flatMap((name) => {
      const label = state.labels.get(name.toLowerCase());
      return label ? [renderLabel(world, label)] : [];
    }),
    milestone: pull.milestone,
    active_lock_reason: null,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommitSha,
    assignee: pull.assignees[0] === undefined ? null : renderAccount(world, pull.assignees[0]),
    assignees: pull.assignees.map((login) => renderAccount(world, login)),
    requested_reviewers: pull.requestedReviewers.map((login) => renderAccount(world, login)),
    requested_teams: pull.requestedTeams.flatMap((slug) => {
      const team = state.teams.get(slug);
      return team ? [renderTeam(world, team)] : [];
    }),
    head: side(world, owner, pull.headRef, pull.headSha),
    base: side(world, owner, pull.baseRef, pull.baseSha),
    _links: {
      self: { href: url },
      html: { href: html },
      issue: { href: issue },
      comments: { href: `${issue}/comments` },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: `${api}/pulls/comments{/number}` },
      commits: { href: `${url}/commits` },
      statuses: { href: statuses },
    },
    author_association: pull.user === state.botLogin() ? 'CONTRIBUTOR' : 'MEMBER',
    auto_merge: renderAutoMerge(world, pull),
    draft: pull.draft,
  };
}

/** GitHub's "pull-request": with counts and whether it can be merged. */
export async function renderPull(world: GitHubWorld, pull: Pull) {
  const base = (await world.git.mergeBase(pull.baseSha, pull.headSha)) ?? pull.baseSha;
  const [files, commits, merge] = await Promise.all([
    world.git.diff(base, pull.headSha),
    world.git.log(pull.headSha, [base]),
    mergeability(world, pull),
  ]);
  return {
    ...(await renderPullSimple(world, pull)),
    merged: pull.merged,
    mergeable: merge.mergeable,
    rebaseable: merge.mergeable,
    mergeable_state: merge.state,
    merged_by: pull.mergedBy === null ? null : renderAccount(world, pull.mergedBy),
    comments: [...world.state.comments.values()].filter((each) => each.issueNumber === pull.number).length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: commits.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

function side(world: GitHubWorld, owner: string, ref: string, sha: string) {
  const user = renderAccount(world, owner);
  return { label: `${owner}:${ref}`, ref, sha, user, repo: renderRepository(world) };
}

function renderAutoMerge(world: GitHubWorld, pull: Pull) {
  if (pull.autoMerge === null) return null;
  return {
    enabled_by: renderAccount(world, pull.autoMerge.enabledBy),
    merge_method: pull.autoMerge.method,
    commit_title: null,
    commit_message: null,
  };
}
