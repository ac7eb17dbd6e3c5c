import type { CommitSha, RepoName } from '../../domain/ids.ts';
import type { TreeFile } from './read-tree.ts';
import { createTextCache, type TextCache } from './text-cache.ts';

/** What is remembered of repositories from one reading to the next. What ids name never goes stale. */
export interface RepositoryMemory {
  readonly texts: TextCache;
  /** The last tree of every repository's default branch. */
  readonly trees: Map<RepoName, { readonly tree: string; readonly files: readonly TreeFile[] }>;
  readonly commits: CommitMemory;
  /** Trees that are read just now, by repository and commit: several looks at one head begin at once. */
  readonly reading: Map<string, Promise<readonly TreeFile[]>>;
  /** Name of the default branch, as it was when the repository was read last. */
  readonly branches: Map<RepoName, string>;
}

/** The files of the commits that were asked for last. */
export interface CommitMemory {
  get(repo: RepoName, commit: CommitSha): readonly TreeFile[] | undefined;
  put(repo: RepoName, commit: CommitSha, files: readonly TreeFile[]): void;
  /** Files by their blobs' ids, as far as commits are remembered that hold them. */
  find(oids: ReadonlySet<string>): ReadonlyMap<string, TreeFile>;
}

/** Bytes of texts kept. */
const TEXTS_BYTES = 16 * 1024 * 1024;
/** A release is read at two commits, and an environment or two run others. */
const COMMITS = 8;
/** Entries of all remembered commits together, some 20 MB. */
const FILES = 200_000;

export function createRepositoryMemory(): RepositoryMemory {
  return {
    texts: createTextCache(TEXTS_BYTES),
    trees: new Map(),
    commits: createCommitMemory(),
    reading: new Map(),
    branches: new Map(),
  };
}

/** The last one always stays, however large it is. */
export function createCommitMemory(commits: number = COMMITS, files: number = FILES): CommitMemory {
  const known = new Map<string, readonly TreeFile[]>();
  const total = () => [...known.values()].reduce((sum, each) => sum + each.length, 0);
  const put = (key: string, its: readonly TreeFile[]) => {
    known.delete(key);
    known.set(key, its);
    for (const oldest of known.keys()) {
      if (known.size <= 1 || (known.size <= commits && total() <= files)) break;
      known.delete(oldest);
    }
  };
  return {
    get(repo, commit) {
      const its = known.get(`${repo} ${commit}`);
      if (its !== undefined) put(`${repo} ${commit}`, its);
      return its;
    },
    put: (repo, commit, its) => put(`${repo} ${commit}`, its),
    find(oids) {
      const files = [...known.values()].flat().filter(({ oid }) => oids.has(oid));
      return new Map(files.map((file) => [file.oid, file]));
    },
  };
}
