import type { TreeEntry } from '../../../sandbox/github/git/objects.ts';
import type { MemoryObjects } from './memory-objects.ts';

const TREE = '040000';

/** Merges two trees by whole files; undefined when both sides changed one. */
export function mergeTrees(
  objects: MemoryObjects,
  base: string | undefined,
  ours: string | undefined,
  theirs: string | undefined,
): string | undefined {
  const [before, left, right] = [base, ours, theirs].map((oid) => entriesOf(objects, oid));
  const names = new Set([before, left, right].flatMap((entries) => [...(entries?.keys() ?? [])]));
  const merged: Omit<TreeEntry, 'type'>[] = [];
  for (const name of names) {
    const [was, mine, other] = [before?.get(name), left?.get(name), right?.get(name)];
    const one = mergeEntry(objects, name, was, mine, other);
    if (one === 'conflict') return undefined;
    if (one !== undefined) merged.push(one);
  }
  return objects.writeTree(merged);
}

function mergeEntry(
  objects: MemoryObjects,
  name: string,
  was: TreeEntry | undefined,
  mine: TreeEntry | undefined,
  other: TreeEntry | undefined,
): Omit<TreeEntry, 'type'> | 'conflict' | undefined {
  if (same(mine, other) || same(was, other)) return mine;
  if (same(was, mine)) return other;
  const areTrees = [mine, other].every((each) => each === undefined || each.mode === TREE);
  if (!areTrees || mine === undefined || other === undefined) return 'conflict';
  const oid = mergeTrees(objects, was?.mode === TREE ? was.oid : undefined, mine.oid, other.oid);
  return oid === undefined ? 'conflict' : { mode: TREE, name, oid };
}

function same(a: TreeEntry | undefined, b: TreeEntry | undefined): boolean {
  return a?.oid === b?.oid && a?.mode === b?.mode;
}

function entriesOf(objects: MemoryObjects, oid: string | undefined): ReadonlyMap<string, TreeEntry> {
  const entries = oid === undefined ? [] : (objects.tree(oid) ?? []);
  return new Map(entries.map((entry) => [entry.name, entry]));
}
