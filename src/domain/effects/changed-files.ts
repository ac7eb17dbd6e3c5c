import type { RepositoryState } from './effect.ts';

export interface ChangedFile {
  readonly path: string;
  readonly change: 'added' | 'changed' | 'deleted';
  /** Blob ids. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The files that differ between two commits, by path. */
export function changedFiles(before: RepositoryState, after: RepositoryState): readonly ChangedFile[] {
  const changed: ChangedFile[] = [];
  for (const [path, oid] of before.oids) {
    const now = after.oids.get(path);
    if (now !== oid)
      changed.push({ path, change: now === undefined ? 'deleted' : 'changed', before: oid, after: now });
  }
  for (const [path, oid] of after.oids) {
    if (!before.oids.has(path)) changed.push({ path, change: 'added', before: undefined, after: oid });
  }
  return changed.sort((a, b) => (a.path < b.path ? -1 : 1));
}
