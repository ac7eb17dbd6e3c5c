import type { GitHubWorld } from '../world.ts';
import { renderAccount } from './accounts.ts';

const templates = {
  archive_url: '{archive_format}{/ref}',
  assignees_url: 'assignees{/user}',
  blobs_url: 'git/blobs{/sha}',
  branches_url: 'branches{/branch}',
  collaborators_url: 'collaborators{/collaborator}',
  comments_url: 'comments{/number}',
  commits_url: 'commits{/sha}',
  compare_url: 'compare/{base}...{head}',
  contents_url: 'contents/{+path}',
  contributors_url: 'contributors',
  deployments_url: 'deployments',
  downloads_url: 'downloads',
  events_url: 'events',
  forks_url: 'forks',
  git_commits_url: 'git/commits{/sha}',
  git_refs_url: 'git/refs{/sha}',
  git_tags_url: 'git/tags{/sha}',
  hooks_url: 'hooks',
  issue_comment_url: 'issues/comments{/number}',
  issue_events_url: 'issues/events{/number}',
  issues_url: 'issues{/number}',
  keys_url: 'keys{/key_id}',
  labels_url: 'labels{/name}',
  languages_url: 'languages',
  merges_url: 'merges',
  milestones_url: 'milestones{/number}',
  notifications_url: 'notifications{?since,all,participating}',
  pulls_url: 'pulls{/number}',
  releases_url: 'releases{/id}',
  stargazers_url: 'stargazers',
  statuses_url: 'statuses/{sha}',
  subscribers_url: 'subscribers',
  subscription_url: 'subscription',
  tags_url: 'tags',
  teams_url: 'teams',
  trees_url: 'git/trees{/sha}',
} as const;

/** GitHub's "minimal-repository": who and where, without counts and settings. */
export function renderMinimalRepository(world: GitHubWorld) {
  const { repo } = world.state;
  const api = world.urls.repoApi();
  return {
    id: repo.id,
    node_id: world.state.nodeId('Repository', repo.id),
    name: repo.name,
    full_name: `${repo.owner}/${repo.name}`,
    private: repo.isPrivate,
    owner: renderAccount(world, repo.owner),
    html_url: world.urls.repoHtml(),
    description: repo.description,
    fork: false,
    url: api,
    ...Object.fromEntries(Object.entries(templates).map(([key, end]) => [key, `${api}/${end}`])),
  };
}

/** GitHub's "repository", as in pull requests and webhooks. */
export function renderRepository(world: GitHubWorld) {
  const { state, urls } = world;
  const { repo } = state;
  const open = [...state.issues.values(), ...state.pulls.values()].filter(
    (each) => each.state === 'open',
  ).length;
  return {
    ...renderMinimalRepository(world),
    created_at: repo.createdAt,
    updated_at: repo.updatedAt,
    pushed_at: repo.pushedAt,
    git_url: urls.clone().replace(/^http/, 'git'),
    ssh_url: `git@${new URL(urls.api()).hostname}:${repo.owner}/${repo.name}.git`,
    clone_url: urls.clone(),
    svn_url: urls.repoHtml(),
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: false,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repo.isPrivate ? 'private' : 'public',
    forks: 0,
    open_issues: open,
    watchers: 0,
    default_branch: repo.defaultBranch,
  };
}

/** GitHub's "full-repository": what `GET /repos/{owner}/{repo}` answers. */
export function renderFullRepository(world: GitHubWorld, permissions: Readonly<Record<string, boolean>>) {
  const { repo } = world.state;
  return {
    ...renderRepository(world),
    permissions,
    allow_rebase_merge: repo.allowRebaseMerge,
    allow_squash_merge: repo.allowSquashMerge,
    allow_merge_commit: repo.allowMergeCommit,
    allow_auto_merge: false,
    allow_update_branch: true,
    delete_branch_on_merge: repo.deleteBranchOnMerge,
    use_squash_pr_title_as_default: true,
    squash_merge_commit_title: 'PR_TITLE',
    squash_merge_commit_message: 'COMMIT_MESSAGES',
    merge_commit_title: 'MERGE_MESSAGE',
    merge_commit_message: 'PR_TITLE',
    organization: renderAccount(world, repo.owner),
    network_count: 0,
    subscribers_count: 0,
  };
}
