import type { CommitSha, RepoName, RequestId, SlackUserId } from './ids.ts';

/** A pull request that stands for a tenant request, as far as the request's way depends on it. */
export interface RequestPull {
  readonly repo: RepoName;
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly branch: string;
  readonly head: CommitSha;
  readonly state: 'open' | 'merged' | 'closed';
  /** Whether this App opened it. */
  readonly ours: boolean;
  /** From the trailers of the first commit where the App made it, else of the body; undefined without one. */
  readonly requestId: RequestId | undefined;
  readonly requestedBy: SlackUserId | undefined;
  /** GitHub login of who merged or closed it, where GitHub tells. */
  readonly endedBy: string | undefined;
  /** The last opinion of every reviewer who gave one, oldest first. */
  readonly reviews: readonly {
    readonly id: string;
    readonly by: string;
    readonly opinion: 'approved' | 'changes-asked';
  }[];
  /** ISO 8601, as GitHub tells. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly labels: readonly string[];
  /** The files it changes, the first 100. */
  readonly paths: readonly string[];
  /** Logins and `org/team` slugs whose review is asked for and not yet given. */
  readonly awaitedReviewers: readonly string[];
}

/** A branch that bears the name a request would take. */
export interface RequestBranch {
  readonly name: string;
  readonly head: CommitSha;
  /** Request-Id in the tip commit's trailers, only when this App made that commit and GitHub signed it. */
  readonly requestId: RequestId | undefined;
  /** Whether the tip is a commit of the default branch's history, so that the branch has nothing of its own. */
  readonly bare: boolean;
}

/** All that GitHub knows which decides about opening a request's pull request, read at one moment. */
export interface RequestFacts {
  readonly repo: RepoName;
  readonly defaultBranch: string;
  readonly base: CommitSha;
  /** Branches named `tenant-<name>` and `tenant-<name>-<n>`. */
  readonly branches: readonly RequestBranch[];
  /** Pull requests from branches of those names, in any state. */
  readonly pulls: readonly RequestPull[];
  /** Branch -> whether this App created it; only for branches it was asked of. */
  readonly createdByUs: ReadonlyMap<string, boolean>;
}

/** Where a request stands for the people who watch its message. */
export type RequestStage =
  | { readonly kind: 'working' }
  | { readonly kind: 'waiting'; readonly on: 'github' | 'slack' }
  | { readonly kind: 'opened' }
  | { readonly kind: 'changes-asked'; readonly by: readonly string[] }
  | { readonly kind: 'approved'; readonly by: readonly string[] }
  | { readonly kind: 'merged'; readonly by: string | undefined }
  | { readonly kind: 'closed'; readonly by: string | undefined };
