import type { CommitSha, RepoName, SlackUserId } from '../ids.ts';

/** A tag that reads as a version, and the commit that it points to. */
export interface VersionTag {
  readonly name: string;
  readonly commit: CommitSha;
}

/** A release as GitHub holds it. */
export interface Release {
  readonly repo: RepoName;
  readonly id: number;
  readonly tag: string;
  /** What the tag points to now; undefined when there is no such tag, as for a draft. */
  readonly commit: CommitSha | undefined;
  readonly name: string;
  /** Markdown. */
  readonly body: string;
  readonly url: string;
  readonly isDraft: boolean;
  readonly isPrerelease: boolean;
  /** ISO 8601; undefined for a draft. */
  readonly publishedAt: string | undefined;
  readonly updatedAt: string;
  /** GitHub login of who made it. */
  readonly author: string | undefined;
  /** Whether this App made it. */
  readonly ours: boolean;
}

/** A release as a list of them tells. */
export type ReleaseHead = Pick<
  Release,
  'id' | 'tag' | 'url' | 'isDraft' | 'isPrerelease' | 'publishedAt' | 'updatedAt'
>;

/** All that GitHub knows which decides about cutting a release, read at one moment. */
export interface ReleaseFacts {
  readonly repo: RepoName;
  /** The repository's page. */
  readonly url: string;
  readonly defaultBranch: string;
  readonly head: CommitSha;
  /** The newest hundred tags. */
  readonly tags: readonly { readonly name: string; readonly commit: CommitSha }[];
  /** The newest fifty releases, drafts too. */
  readonly releases: readonly ReleaseHead[];
  /** The tag that was asked for by name; undefined when there is none. */
  readonly wanted: { readonly commit: CommitSha; readonly release: ReleaseHead | undefined } | undefined;
}

export interface Author {
  readonly login: string;
  readonly isBot: boolean;
}

/** A merged pull request, as far as notes tell of it. */
export interface MergedPull {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  /** Undefined when the account is gone. */
  readonly author: Author | undefined;
  /** Who asked for it, where this App opened it. */
  readonly askedBy: { readonly slackId: SlackUserId; readonly name: string } | undefined;
  /** Whether its body, or its commit's message, has a line `BREAKING CHANGE:`. */
  readonly saysBreaking: boolean;
  /** The commit that it came in with. */
  readonly commit: CommitSha;
}

/** A commit that no pull request brought. */
export interface DirectCommit {
  readonly commit: CommitSha;
  readonly url: string;
  readonly headline: string;
  /** A login where GitHub knows one, else the name that git holds. */
  readonly author: string;
  readonly saysBreaking: boolean;
}

/** What is in one commit's history and not in another's. */
export interface CommitRange {
  /** Undefined for the first release: all of the history counts. */
  readonly from: VersionTag | undefined;
  readonly to: CommitSha;
  /** How `to` lies to `from`. */
  readonly relation: 'first' | 'ahead' | 'identical' | 'behind' | 'diverged';
  /** Pull requests whose commits are new, in the order in which they came in, each once. */
  readonly pulls: readonly MergedPull[];
  /** Commits that no pull request brought, in the order in which they came in. */
  readonly direct: readonly DirectCommit[];
  /**
   * Numbers of pull requests that both hold, under other commits: the history was rewritten in between. They are not
   * among `pulls`.
   */
  readonly held: readonly number[];
}

/** What GitHub's own generator of notes says. */
export interface GeneratedNotes {
  readonly pulls: readonly {
    readonly number: number;
    readonly title: string;
    readonly author: string;
    readonly url: string;
  }[];
  /** Whose first contribution is among them, and which it is. */
  readonly newContributors: readonly { readonly login: string; readonly number: number }[];
}
