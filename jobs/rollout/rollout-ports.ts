import type { CommitSha, RepoName } from '../../src/domain/ids.ts';

/** A pull request that was merged, as far as its rollout needs it. */
export interface MergedPull {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly base: string;
  readonly commit: CommitSha;
  /** The commit that stood before it on its base; undefined for the first of all. */
  readonly parent: CommitSha | undefined;
  /** Milliseconds since the epoch by GitHub's clock. */
  readonly at: number;
}

export interface MergesRead {
  /** Milliseconds since the epoch by GitHub's clock. */
  readonly at: number;
  readonly defaultBranch: string;
  readonly merges: ReadonlyMap<number, MergedPull>;
}

/** What rollouts want of GitHub besides. Errors as for `PlatformRepository`. */
export interface Merges {
  /**
   * Pull requests that were merged, in one query: those that changed last, and those named.
   *
   * @param wish `recent` how many of the last ones, at most 50.
   */
  readMerges(
    repo: RepoName,
    wish: { readonly recent: number; readonly numbers: readonly number[] },
  ): Promise<MergesRead>;
}
