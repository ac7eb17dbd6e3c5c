/** Timestamps are ISO 8601 in UTC without milliseconds, as GitHub prints them. */
export type Iso = string;

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Bot' | 'Organization';
  readonly name: string;
  readonly email: string | null;
  readonly createdAt: Iso;
}

export type RepoRole = 'read' | 'triage' | 'write' | 'maintain' | 'admin';

export interface Team {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly permission: RepoRole;
  readonly members: { readonly login: string; readonly role: 'member' | 'maintainer' }[];
  readonly createdAt: Iso;
}

export interface Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  description: string | null;
  defaultBranch: string;
  isPrivate: boolean;
  allowSquashMerge: boolean;
  allowMergeCommit: boolean;
  allowRebaseMerge: boolean;
  deleteBranchOnMerge: boolean;
  readonly createdAt: Iso;
  pushedAt: Iso;
  updatedAt: Iso;
}

/** An installed GitHub App. */
export interface App {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly clientId: string;
  readonly installationId: number;
  permissions: Readonly<Record<string, 'read' | 'write'>>;
  events: readonly string[];
  webhookUrl: string | undefined;
  readonly createdAt: Iso;
}

export interface Review {
  readonly id: number;
  readonly user: string;
  body: string;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  commitId: string;
  submittedAt: Iso | null;
}

export interface Pull {
  /** Of the pull request itself; the issue behind it has `issueId`. */
  readonly id: number;
  readonly issueId: number;
  readonly number: number;
  title: string;
  body: string | null;
  readonly user: string;
  state: 'open' | 'closed';
  draft: boolean;
  locked: boolean;
  /** Branch name without `refs/heads/`. */
  readonly headRef: string;
  headSha: string;
  baseRef: string;
  baseSha: string;
  merged: boolean;
  mergedAt: Iso | null;
  mergedBy: string | null;
  mergeCommitSha: string | null;
  closedAt: Iso | null;
  readonly createdAt: Iso;
  updatedAt: Iso;
  requestedReviewers: string[];
  requestedTeams: string[];
  reviews: Review[];
  /** Names of labels; the labels themselves are in `state.labels`. */
  labels: string[];
  assignees: string[];
  milestone: null;
  autoMerge: { enabledBy: string; method: 'merge' | 'squash' | 'rebase' } | null;
  /** Set while it waits in a merge queue. */
  queuedAt: Iso | null;
}

export interface Issue {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string | null;
  readonly user: string;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | 'reopened' | null;
  locked: boolean;
  labels: string[];
  assignees: string[];
  closedAt: Iso | null;
  closedBy: string | null;
  readonly createdAt: Iso;
  updatedAt: Iso;
}

/** A comment on an issue or on a pull request's conversation. */
export interface Comment {
  readonly id: number;
  readonly issueNumber: number;
  readonly user: string;
  /** Id of the App that wrote it, if one did. */
  readonly viaApp: number | null;
  body: string;
  readonly createdAt: Iso;
  updatedAt: Iso;
}

export interface Label {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
  readonly isDefault: boolean;
}

export type CheckStatus = 'queued' | 'in_progress' | 'completed' | 'waiting' | 'requested' | 'pending';
export type CheckConclusion =
  | 'success'
  | 'failure'
  | 'neutral'
  | 'cancelled'
  | 'skipped'
  | 'timed_out'
  | 'action_required'
  | 'stale';

export interface CheckAnnotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn: number | null;
  readonly endColumn: number | null;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title: string | null;
  readonly rawDetails: string | null;
}

export interface CheckRun {
  readonly id: number;
  readonly suiteId: number;
  name: string;
  readonly headSha: string;
  /** Only this App may change it. */
  readonly appId: number;
  status: CheckStatus;
  conclusion: CheckConclusion | null;
  detailsUrl: string | null;
  externalId: string | null;
  startedAt: Iso | null;
  completedAt: Iso | null;
  output: {
    title: string | null;
    summary: string | null;
    text: string | null;
    annotations: CheckAnnotation[];
  };
  actions: { readonly label: string; readonly description: string; readonly identifier: string }[];
}

export interface CheckSuite {
  readonly id: number;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly appId: number;
  before: string | null;
  readonly createdAt: Iso;
  updatedAt: Iso;
}

export interface CommitStatus {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: string;
  readonly createdAt: Iso;
  readonly updatedAt: Iso;
}

export interface Release {
  readonly id: number;
  tagName: string;
  targetCommitish: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  makeLatest: 'true' | 'false' | 'legacy';
  readonly author: string;
  readonly createdAt: Iso;
  updatedAt: Iso;
  publishedAt: Iso | null;
}

export interface DeploymentStatus {
  readonly id: number;
  readonly state: 'error' | 'failure' | 'inactive' | 'in_progress' | 'queued' | 'pending' | 'success';
  readonly description: string;
  readonly environment: string;
  readonly environmentUrl: string;
  readonly logUrl: string;
  readonly creator: string;
  readonly createdAt: Iso;
  readonly updatedAt: Iso;
}

export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly task: string;
  readonly payload: unknown;
  readonly environment: string;
  readonly originalEnvironment: string;
  readonly description: string | null;
  readonly transientEnvironment: boolean;
  readonly productionEnvironment: boolean;
  readonly creator: string;
  /** Id of the App that made it, if one did. */
  readonly viaApp: number | null;
  readonly createdAt: Iso;
  updatedAt: Iso;
  statuses: DeploymentStatus[];
}

export interface Rule {
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

export interface BypassActor {
  readonly actorId: number | null;
  readonly actorType: 'Integration' | 'OrganizationAdmin' | 'RepositoryRole' | 'Team' | 'DeployKey';
  readonly bypassMode: 'always' | 'pull_request';
}

export interface Ruleset {
  readonly id: number;
  name: string;
  target: 'branch' | 'tag' | 'push';
  enforcement: 'active' | 'disabled' | 'evaluate';
  bypassActors: BypassActor[];
  /** Full ref names or patterns, `~DEFAULT_BRANCH` and `~ALL`. */
  include: string[];
  exclude: string[];
  rules: Rule[];
  readonly createdAt: Iso;
  updatedAt: Iso;
}

export interface HookDelivery {
  readonly id: number;
  /** Kept by a redelivery. */
  readonly guid: string;
  readonly deliveredAt: Iso;
  readonly redelivery: boolean;
  /** Seconds. */
  readonly duration: number;
  readonly status: string;
  readonly statusCode: number;
  readonly event: string;
  readonly action: string | null;
  readonly url: string;
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly payload: string };
  readonly response: { readonly headers: Readonly<Record<string, string>>; readonly payload: string };
}

/** One line of the repository's activity: who moved which ref from where to where. */
export interface Activity {
  readonly id: number;
  readonly before: string;
  readonly after: string;
  readonly ref: string;
  readonly at: Iso;
  readonly type: 'push' | 'force_push' | 'branch_creation' | 'branch_deletion' | 'pr_merge';
  readonly actor: string;
}

/** An entry of a pull request's timeline or of the news that the sandbox's page shows. */
export interface TimelineEvent {
  readonly id: number;
  readonly number: number;
  readonly event: string;
  readonly actor: string;
  readonly at: Iso;
  readonly detail: Readonly<Record<string, string>>;
}
