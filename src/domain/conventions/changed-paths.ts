import type { RepositoryState } from '../effects/effect.ts';

/** What a pull request does to paths. */
export interface ChangedPaths {
  /** Added or with another content, in their order. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** Where a file stood before, by its path now; a file that only moved keeps its history. */
  before(path: string): string | undefined;
}

export function changedPaths(before: RepositoryState, after: RepositoryState): ChangedPaths {
  const written = [...after.oids].flatMap(([path, oid]) => (before.oids.get(path) === oid ? [] : [path]));
  const removed = [...before.oids.keys()].filter((path) => !after.oids.has(path));
  const left = new Map(removed.map((path) => [before.oids.get(path), path]));
  return {
    written: written.sort(),
    removed: removed.sort(),
    before: (path) => (before.oids.has(path) ? path : left.get(after.oids.get(path))),
  };
}
