import type { CommitSha, RepoName, SlackChannelId, SlackUserId } from '../src/domain/ids.ts';
import type { PlatformFiles } from '../src/domain/platform.ts';
import type { ReleaseHead } from '../src/domain/release/release-facts.ts';
import type { RequestFacts, RequestPull } from '../src/domain/request-state.ts';

/** One file to be written, with its whole content; one that stands already is replaced. */
export interface NewFile {
  readonly path: string;
  readonly content: string;
}

export interface OpenRequest {
  readonly repo: RepoName;
  readonly number: number;
  readonly url: string;
  /** The tenant's name, from the title. */
  readonly name: string;
}

/** An open pull request from a branch of the repository itself. */
export interface OpenPull {
  readonly number: number;
  readonly url: string;
  readonly title: string;
}

/** The platform repository as everybody needs it at hand: its files that matter, and the requests under way. */
export interface Snapshot {
  readonly repo: RepoName;
  readonly files: PlatformFiles;
  readonly openRequests: readonly OpenRequest[];
  readonly openPulls: readonly OpenPull[];
  /** Milliseconds since the epoch by GitHub's clock, when it was read. */
  readonly readAt: number;
}

/**
 * What the jobs want of GitHub. Every method throws a `RetryableError` (with when to come back), a
 * `PermanentError`, or an `AmbiguousWriteError` when a write may or may not have been done.
 */
export interface PlatformRepository {
  /** Reads the repository's default branch; texts already known by their blob id are not fetched again. */
  readSnapshot(repo: RepoName): Promise<Snapshot>;
  /** One GraphQL query: all that decides about opening a request on the branches of `name`. */
  readRequestFacts(repo: RepoName, name: string): Promise<RequestFacts>;
  /** Whether this App created the branch, from the repository's activity log. */
  createdByUs(repo: RepoName, branch: string): Promise<boolean>;
  /**
   * Creates the branch at `at` unless the name is taken, and reads in the same GraphQL document (through the new
   * ref's repository) all that `readRequestFacts` reads. A branch of its own document, for a failed `createRef`
   * would not stop a `createCommitOnBranch` behind it from writing to somebody else's branch of that name.
   */
  reserveBranch(repo: RepoName, name: string, branch: string, at: CommitSha): Promise<Reservation>;
  /** Deletes a branch that was reserved, unless its head is no longer `at` (`updateRefs` with `beforeOid`). */
  releaseBranch(repo: RepoName, branch: string, at: CommitSha): Promise<void>;
  /** One GraphQL document with what is missing of commit and pull request; each step compares and swaps. */
  openPullRequest(plan: OpeningPlan): Promise<OpeningResult>;
  /** One GraphQL document; what is already there is left alone. Names that GitHub does not know come back. */
  labelAndAskForReview(wish: ReviewWish): Promise<{ readonly unknown: readonly string[] }>;
  readPull(repo: RepoName, number: number): Promise<RequestPull | undefined>;
  /** One cheap query: the default branch's head and the pull requests that changed last, newest first. */
  readPulse(repo: RepoName): Promise<Pulse>;
}

export interface OpeningPlan {
  readonly repo: RepoName;
  readonly branch: string;
  readonly defaultBranch: string;
  /** Commit on top of this head; undefined when the commit stands already. */
  readonly commit:
    | {
        readonly onTopOf: CommitSha;
        readonly headline: string;
        readonly body: string;
        readonly files: readonly NewFile[];
        /** Paths of files that go; none by default. */
        readonly deletions?: readonly string[] | undefined;
      }
    | undefined;
  readonly title: string;
  readonly body: string;
}

export type Reservation =
  /** `facts.createdByUs` holds the branch. */
  { readonly kind: 'reserved'; readonly facts: RequestFacts } | { readonly kind: 'taken' };

export type OpeningResult =
  | { readonly kind: 'opened'; readonly pull: RequestPull }
  /** Somebody else was quicker at one of the steps: look again. */
  | { readonly kind: 'lost-race'; readonly step: 'commit' | 'pull-request' };

export interface ReviewWish {
  readonly repo: RepoName;
  readonly number: number;
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  /** Slugs of teams of the repository's organisation. */
  readonly teams: readonly string[];
}

export interface Pulse {
  readonly head: CommitSha;
  /** Milliseconds since the epoch by GitHub's clock (the answer's `Date`). */
  readonly at: number;
  readonly pulls: readonly {
    readonly number: number;
    readonly branch: string;
    readonly ours: boolean;
    readonly isOpen: boolean;
    readonly updatedAt: string;
  }[];
  /** The issues that bear the form's label and changed last, newest first. */
  readonly issues: readonly {
    readonly number: number;
    readonly isOpen: boolean;
    readonly updatedAt: string;
  }[];
  /** The releases that were made last, drafts too, newest first. */
  readonly releases: readonly ReleaseHead[];
}

/** A text for Slack; `text` is what notifications and screen readers get. */
export interface SlackText {
  readonly text: string;
  readonly blocks: readonly object[];
}

/** Where a message goes: a channel (id or name), a thread, or a person. */
export type SlackPlace =
  | { readonly kind: 'channel'; readonly channel: string }
  | { readonly kind: 'thread'; readonly channel: SlackChannelId; readonly ts: string }
  | { readonly kind: 'person'; readonly user: SlackUserId };

export interface SaidMessage {
  readonly channel: SlackChannelId;
  readonly ts: string;
}

/** `unknown-channel` also for a private one that the bot is not in, which Slack does not tell apart. */
export type ChannelReach = 'member' | 'not-a-member' | 'unknown-channel' | 'archived';

/** What the jobs want of Slack. */
export interface Speaker {
  /**
   * Posts the message that bears `key` unless it stands already. Slack has no idempotency key, so a message that
   * may have been posted before is first looked for by its metadata; extra ones are deleted.
   *
   * @param options `since` when it can have been said at the earliest, in milliseconds since the epoch.
   */
  sayOnce(
    key: string,
    place: SlackPlace,
    text: SlackText,
    options: { readonly since: number },
  ): Promise<SaidMessage>;
  /** Whether messages can be posted to a channel, by its id or name; nothing is posted. */
  reach(channel: string): Promise<ChannelReach>;
  /** Finds the message that bears `key`, from memory or by its metadata; undefined when it was never posted. */
  find(key: string, place: SlackPlace, since: number): Promise<SaidMessage | undefined>;
  /** Changes a message; does nothing when it shows this already, as far as is remembered. */
  update(key: string, message: SaidMessage, text: SlackText): Promise<void>;
  /** The address of a message of ours, for links to it. */
  linkTo(message: SaidMessage): Promise<string>;
  /** Deletes a message of ours; one that is gone already is no failure. */
  remove(key: string, message: SaidMessage): Promise<void>;
}

/** Forms that stand open in Slack. */
export interface Views {
  /**
   * Replaces an open form's content; `gone` when the person has closed it.
   *
   * @throws RetryableError when Slack does not answer.
   */
  update(viewId: string, view: object): Promise<'shown' | 'gone'>;
}

export interface Person {
  readonly id: SlackUserId;
  readonly name: string;
  /** Full members only: no guest, stranger, bot or deactivated account. */
  readonly isMember: boolean;
  /** Lower case, as far as Slack has had it confirmed by whoever reads it. */
  readonly email?: string | undefined;
}

/** What is asked often is remembered for a minute, save where the answer decides. */
export interface Freshness {
  readonly fresh?: boolean;
}

export interface People {
  /** Throws `RetryableError` when Slack cannot tell. */
  find(user: SlackUserId, options?: Freshness): Promise<Person | undefined>;
  /** Who bears an address; read now. */
  findByEmail(email: string): Promise<Person | undefined>;
  /** Members of a user group; empty when it is empty, unreadable or unknown. */
  membersOf(usergroup: string, options?: Freshness): Promise<readonly SlackUserId[]>;
}

/** The last snapshot, shared by all replicas. */
export interface SnapshotStore {
  /** The newest snapshot at hand; undefined when there is none. Asks Redis only whether there is a newer one. */
  current(repo: RepoName): Promise<Snapshot | undefined>;
  /** Keeps it for all replicas, unless a newer one is kept already. */
  put(snapshot: Snapshot): Promise<void>;
}

/** Short-lived marks, lost when Redis is; nothing that matters may rest on one alone. */
export interface Marks {
  /** Sets a mark for `ms` milliseconds; true when it was not there. */
  set(name: string, ms: number): Promise<boolean>;
  /** Takes a mark for `holder` unless somebody holds it; returns who holds it now. */
  take(name: string, holder: string, ms: number): Promise<string>;
  /** Milliseconds the mark has left; 0 when it is not there. */
  left(name: string): Promise<number>;
  get(name: string): Promise<string | undefined>;
  put(name: string, value: string, ms: number): Promise<void>;
  clear(name: string): Promise<void>;
}

/** A structured log that carries the request's correlation id. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Hints from one job to the next look. */
export interface Hints {
  lookAtPlatform(repo: RepoName): Promise<void>;
  lookAtRequest(repo: RepoName, number: number, options?: { readonly delayMs?: number }): Promise<void>;
  lookAtIssue(repo: RepoName, number: number): Promise<void>;
  /** @param tag the release's tag, for one that is gone can only be named by it. */
  lookAtRelease(repo: RepoName, id: number, tag: string): Promise<void>;
  lookAtPull(repo: RepoName, number: number, options?: { readonly delayMs?: number }): Promise<void>;
  lookAtConventions(repo: RepoName, number: number): Promise<void>;
  lookAtChange(repo: RepoName, number: number, options?: { readonly delayMs?: number }): Promise<void>;
  /** A look at every change that is open. */
  lookAtChanges(repo: RepoName): Promise<void>;
  /** Has what is rolling out followed, if anything is. */
  followRollouts(repo: RepoName): Promise<void>;
}
