import type { PullFacts, Pusher } from '../../src/domain/change/pull-facts.ts';
import type { Ledger, LedgerRecord } from '../../src/domain/change/record.ts';
import type { CommitSha, GitHubLogin, RepoName } from '../../src/domain/ids.ts';
import type { CheckAction, CheckAnnotation } from '../../src/views/conventions/conventions-check.ts';
import type { NewFile } from '../ports.ts';

/** What is to be recorded; the ledger adds number, chain and signature. */
export type NewRecord = Pick<LedgerRecord, 'id' | 'at' | 'policy' | 'deed'>;

/** Where decisions are kept: a branch of signed and chained records. */
export interface LedgerBook {
  /**
   * The ledger as it stands now, verified. Only what came since the last time is read.
   *
   * @throws RetryableError when GitHub does not answer; what cannot be read is never taken for empty.
   */
  read(
    at: LedgerPlace,
    options?: {
      /** What is remembered and no older, in milliseconds, will do. */ readonly maxAgeMs?: number;
    },
  ): Promise<Ledger>;
  /**
   * Appends one record by compare-and-swap. `decide` is asked with the ledger that the record would follow, again each
   * time somebody was quicker; it gives the record, or undefined to append nothing.
   *
   * A record whose id stands already is not appended again: it counts as appended.
   *
   * @returns the ledger with the record in it, and whether `decide` gave one.
   */
  append(
    at: LedgerPlace,
    decide: (ledger: Ledger) => NewRecord | undefined,
  ): Promise<{ readonly ledger: Ledger; readonly record: LedgerRecord | undefined }>;
}

export interface LedgerPlace {
  /** The platform repository that the records are about. */
  readonly repo: RepoName;
  /** Where the branch is: by policy `ledger.repository`, or the platform repository. */
  readonly repository: RepoName;
  readonly branch: string;
}

/** The App's checks. */
export type CheckName = 'change-approval' | 'conventions';

export interface CheckReport {
  readonly repo: RepoName;
  readonly head: CommitSha;
  /** `change-approval` when it is not given. */
  readonly check?: CheckName | undefined;
  /** The run to change; undefined to make one. */
  readonly id: number | undefined;
  readonly status: 'in_progress' | 'completed';
  readonly conclusion: 'success' | 'failure' | 'action_required' | 'neutral' | undefined;
  readonly title: string;
  /** Markdown, at most 65,535 characters. */
  readonly summary: string;
  readonly detailsUrl: string | undefined;
  /** What is read back with the run, for whoever reported it; the head when it is not given. */
  readonly externalId?: string | undefined;
  /** At most 50; GitHub adds them to those that a run has. */
  readonly annotations?: readonly CheckAnnotation[] | undefined;
  /** Buttons; at most 3. */
  readonly actions?: readonly CheckAction[] | undefined;
}

export type MergeResult =
  | { readonly kind: 'merged'; readonly commit: CommitSha }
  /** 405: not mergeable as things are, with GitHub's sentence. */
  | { readonly kind: 'refused'; readonly message: string }
  /** 405, since a merge queue is required. */
  | { readonly kind: 'queue-required' }
  /** 409: the head is another one. */
  | { readonly kind: 'head-moved' };

/** What the jobs want of GitHub for changes. Errors as for `PlatformRepository`. */
export interface ChangeRepository {
  /** Pull requests with all that decides about them, and the commits of the named tags, in one query. */
  readChangeFacts(
    repo: RepoName,
    wish: {
      readonly pulls: readonly number[];
      /** Branches whose newest pull request is wanted (any state). */
      readonly branches: readonly string[];
      readonly tags: readonly string[];
    },
  ): Promise<ChangeFactsRead>;
  /** Who pushed `head` to `branch`, from the activity log. One request. */
  readPusher(repo: RepoName, branch: string, head: CommitSha): Promise<Pusher>;
  /** Files of the head of a pull request as merged into its base would leave them, and of the base: commits to compare. */
  readMergeBase(repo: RepoName, base: CommitSha, head: CommitSha): Promise<CommitSha | undefined>;
  /** Members of a team of the repository's organisation; undefined when it cannot be read whole. */
  readTeamMembers(repo: RepoName, team: string): Promise<readonly GitHubLogin[] | undefined>;
  /** The address that the organisation has verified for an account, lower case; undefined without one. */
  readVerifiedEmails(repo: RepoName, login: GitHubLogin): Promise<readonly string[]>;
  /** The members that bear such an address (lower case); undefined when the members cannot be listed whole. */
  findVerifiedLogins(repo: RepoName, email: string): Promise<readonly GitHubLogin[] | undefined>;
  /** Creates or changes a check run of ours; returns its id. */
  reportCheck(report: CheckReport): Promise<number>;
  /** Merges by squash if the head still is `head`. The commit's title is the pull request's with ` (#N)`. */
  merge(wish: {
    readonly repo: RepoName;
    readonly number: number;
    readonly head: CommitSha;
    readonly title: string;
    /** The commit's message below its title. */
    readonly message: string;
  }): Promise<MergeResult>;
  /** Puts it into the merge queue if the head still is `head`. */
  enqueue(repo: RepoName, number: number, head: CommitSha): Promise<'queued' | 'head-moved' | 'refused'>;
  close(repo: RepoName, number: number): Promise<void>;
  /** Writes or rewrites the one comment that bears `key` on a pull request; nothing when it says this already. */
  comment(repo: RepoName, number: number, key: string, markdown: string): Promise<void>;
  /** Writes one branch with one commit, where neither stands: undefined when the branch is somebody else's. */
  editBody(repo: RepoName, number: number, body: string): Promise<void>;
  /** The rules of the default branch that concern the check, for whoever operates the bot. */
  readApprovalRule(repo: RepoName, branch: string): Promise<'pinned' | 'unpinned' | 'missing'>;
  /** Commits from `from` to `to` have these authors; undefined when they cannot all be read. */
  readFile(repo: RepoName, commit: CommitSha, path: string): Promise<string | undefined>;
  /**
   * Makes a branch with one commit of ours on top of `onTopOf` and opens its pull request, or finds what stands of it.
   */
  openPromotion(plan: PromotionPull): Promise<PromotionOpening>;
}

export interface PromotionPull {
  readonly repo: RepoName;
  readonly branch: string;
  readonly base: string;
  readonly onTopOf: CommitSha;
  readonly file: NewFile;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
}

export type PromotionOpening =
  | {
      readonly kind: 'opened';
      readonly number: number;
      readonly head: CommitSha;
      /** Whether its commit was made just now; else an earlier run made it. */
      readonly isMade: boolean;
    }
  /** The branch is somebody else's, or holds something else. */
  | { readonly kind: 'taken' }
  /** The base moved meanwhile: look again. */
  | { readonly kind: 'lost-race' };

export interface ChangeFactsRead {
  /** Milliseconds since the epoch by GitHub's clock. */
  readonly at: number;
  readonly defaultBranch: string;
  /** The default branch's head. */
  readonly baseHead: CommitSha;
  readonly pulls: ReadonlyMap<number, PullFacts>;
  /** Branch -> number of the newest pull request from it. */
  readonly byBranch: ReadonlyMap<string, number>;
  /** Tag -> the commit that it points to; a tag that is not there is not in it. */
  readonly tags: ReadonlyMap<string, CommitSha>;
}
