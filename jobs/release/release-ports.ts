import type { CommitSha, RepoName } from '../../src/domain/ids.ts';
import type { PlatformFiles } from '../../src/domain/platform.ts';
import type {
  CommitRange,
  GeneratedNotes,
  Release,
  ReleaseFacts,
  VersionTag,
} from '../../src/domain/release/release-facts.ts';

/** The files of a commit, with each one's blob id. */
export interface CommitFiles {
  readonly files: PlatformFiles;
  readonly oids: ReadonlyMap<string, string>;
}

export interface ReleasePlan {
  readonly repo: RepoName;
  readonly tag: string;
  readonly commit: CommitSha;
  /** Markdown of at most 125,000 characters. */
  readonly body: string;
  readonly isPrerelease: boolean;
}

/**
 * What the jobs want of GitHub for releases. Errors as for `PlatformRepository`; no method costs a request for each
 * pull request.
 */
export interface ReleaseRepository {
  /** One query: the default branch's head, tags, releases, and the tag `wanted` by its exact name. */
  readReleaseFacts(repo: RepoName, wanted?: string): Promise<ReleaseFacts>;
  /** One release and when GitHub said so, in milliseconds since the epoch by its clock. */
  readRelease(
    repo: RepoName,
    id: number,
  ): Promise<{ readonly release: Release | undefined; readonly at: number }>;
  /** Texts of published releases by their tags, in one query; a tag without one is not among them. */
  readNotes(repo: RepoName, tags: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * What is in the history of a branch or tag and not in that of `from`.
   *
   * @param to a full ref, `refs/heads/…` or `refs/tags/…`; the answer's `to` is the commit that it pointed to.
   */
  readRange(repo: RepoName, from: VersionTag | undefined, to: string): Promise<CommitRange>;
  /** What GitHub's own generator would write; it saves nothing. */
  generateNotes(
    repo: RepoName,
    wish: { readonly tag: string; readonly commit: CommitSha; readonly previous: string | undefined },
  ): Promise<GeneratedNotes>;
  /** The files of a commit; texts already known by their blob id are not fetched again. */
  readCommitFiles(repo: RepoName, commit: CommitSha): Promise<CommitFiles>;
  /** Texts by blob id; what is binary, huge or a link has none. */
  readBlobs(
    repo: RepoName,
    files: readonly { readonly path: string; readonly oid: string }[],
  ): Promise<ReadonlyMap<string, string>>;
  /** Whether `commit` is in the history of `of`, itself included. */
  isAncestor(repo: RepoName, commit: CommitSha, of: CommitSha): Promise<boolean>;
  /** Creates a lightweight tag; never moves one. */
  createTag(repo: RepoName, tag: string, commit: CommitSha): Promise<'created' | 'exists'>;
  /** Publishes a release on a tag that stands; `exists` when the tag has one already. */
  publishRelease(
    plan: ReleasePlan,
  ): Promise<
    { readonly kind: 'published'; readonly id: number; readonly url: string } | { readonly kind: 'exists' }
  >;
}
