import type { DiffFile } from '../../../sandbox/github/git/diff.ts';
import type { MemoryObjects } from './memory-objects.ts';

/** The files that differ between two trees or commits; of lines it counts all, which nothing here reads. */
export function diffTrees(
  objects: MemoryObjects,
  base: string,
  head: string,
  prefix = '',
): readonly DiffFile[] {
  const before = new Map((objects.tree(base) ?? []).map((entry) => [entry.name, entry]));
  const after = new Map((objects.tree(head) ?? []).map((entry) => [entry.name, entry]));
  const files: DiffFile[] = [];
  for (const name of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [was, is] = [before.get(name), after.get(name)];
    if (was?.oid === is?.oid && was?.mode === is?.mode) continue;
    const path = `${prefix}${name}`;
    const wasTree = was?.type === 'tree' ? was.oid : undefined;
    const isTree = is?.type === 'tree' ? is.oid : undefined;
    if (wasTree !== undefined || isTree !== undefined)
      files.push(...diffTrees(objects, wasTree ?? '', isTree ?? '', `${path}/`));
    const wasFile = was !== undefined && wasTree === undefined;
    const isFile = is !== undefined && isTree === undefined;
    if (!wasFile && !isFile) continue;
    const status = !wasFile ? 'added' : isFile ? 'modified' : 'removed';
    const oid = (isFile ? is?.oid : was?.oid) ?? '';
    const more = { previousPath: undefined, additions: isFile ? 1 : 0, deletions: wasFile ? 1 : 0 };
    files.push({ path, status, oid, ...more, patch: undefined });
  }
  return files;
}
