import type { TreeEntry } from './objects.ts';

/** A change of one path; `oid` undefined deletes. */
export interface TreeChange {
  readonly path: string;
  readonly mode?: string;
  readonly oid: string | undefined;
}

interface Trees {
  tree(oid: string): Promise<readonly TreeEntry[] | undefined>;
  writeTree(entries: readonly Omit<TreeEntry, 'type'>[]): Promise<string>;
}

/** Writes the tree that results from changing these paths; directories left empty vanish. */
export async function editTree(
  trees: Trees,
  base: string | undefined,
  changes: readonly TreeChange[],
): Promise<string> {
  const entries = new Map<string, Omit<TreeEntry, 'type'>>();
  for (const entry of base === undefined ? [] : ((await trees.tree(base)) ?? []))
    entries.set(entry.name, entry);
  const below = new Map<string, TreeChange[]>();
  for (const change of changes) {
    const slash = change.path.indexOf('/');
    if (slash >= 0) {
      const name = change.path.slice(0, slash);
      below.set(name, [...(below.get(name) ?? []), { ...change, path: change.path.slice(slash + 1) }]);
    } else if (change.oid === undefined) entries.delete(change.path);
    else entries.set(change.path, { name: change.path, mode: change.mode ?? '100644', oid: change.oid });
  }
  for (const [name, inner] of below) {
    const old = entries.get(name);
    const oid = await editTree(trees, old?.mode === '040000' ? old.oid : undefined, inner);
    if (((await trees.tree(oid)) ?? []).length === 0) entries.delete(name);
    else entries.set(name, { name, mode: '040000', oid });
  }
  return trees.writeTree([...entries.values()]);
}
