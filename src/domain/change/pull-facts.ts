import type { CommitSha, GitHubLogin, RepoName } from '../ids.ts';

/** All that GitHub tells of a pull request which decides about a change, read at one moment. */
export interface PullFacts {
  readonly repo: RepoName;
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly isDraft: boolean;
  readonly updatedAt: string;
  /** Undefined when the account is gone. */
  readonly author: GitHubLogin | undefined;
  /** Whether this App opened it. */
  readonly ours: boolean;
  readonly base: string;
  readonly branch: string;
  /** Whether its branch is in another repository, where nobody can tell who pushed. */
  readonly isFork: boolean;
  readonly head: CommitSha;
  /**
   * Names the last time that its head was replaced by force, or its branch deleted or restored; undefined while it only
   * went on. Without another one, the head cannot have left this commit and come back.
   */
  readonly lastMove: string | undefined;
  /** Commits that its own ones are made on top of; all of them are in its head's history. */
  readonly standsOn: readonly CommitSha[];
  /** `unknown` while GitHub works it out. */
  readonly mergeable: 'yes' | 'conflicting' | 'unknown';
  /** Logins of authors and committers of its commits; undefined when there are more than could be read. */
  readonly authors: readonly GitHubLogin[] | undefined;
  /** Whether a commit has an author or committer whom GitHub does not know. */
  readonly hasUnknownAuthors: boolean;
  /** Checks and statuses of the head that its base branch requires, save our own. */
  readonly requiredChecks: readonly RequiredCheck[];
  /** The App's own check runs on the head. */
  readonly ownCheck: OwnCheck | undefined;
  /** The last review of each person that approves or asks for changes. */
  readonly reviews: readonly Review[];
  /** What the base branch's rules want of reviews on GitHub and is not there; undefined where nothing is missing. */
  readonly missingReview: 'missing' | 'changes-requested' | undefined;
  readonly isInMergeQueue: boolean;
  readonly merged:
    | {
        readonly commit: CommitSha;
        readonly by: GitHubLogin | undefined;
        readonly byUs: boolean;
        readonly at: string;
      }
    | undefined;
}

export interface RequiredCheck {
  readonly name: string;
  readonly state: 'passed' | 'pending' | 'failed';
}

export interface OwnCheck {
  readonly id: number;
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion: string | undefined;
  readonly title: string | undefined;
}

export interface Review {
  /** GitHub's own id of it, so that one review is one deed. */
  readonly id: number;
  readonly login: GitHubLogin;
  readonly kind: 'approved' | 'changes-requested' | 'dismissed';
  /** The head that it was given for. */
  readonly commit: CommitSha;
  readonly body: string;
}

/** Who pushed the head, by the repository's activity log, which nobody can write. */
export type Pusher =
  | {
      readonly kind: 'person';
      readonly login: GitHubLogin;
      /** Milliseconds since the epoch by GitHub's clock, when; undefined when the log does not tell. */
      readonly at?: number | undefined;
    }
  | { readonly kind: 'us' }
  /** The log does not tell, as for forks. */
  | { readonly kind: 'unknown' };
