import { runGit } from './run.ts';

/** One file of a comparison, in GitHub's words. */
export interface DiffFile {
  readonly path: string;
  readonly previousPath: string | undefined;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed';
  /** Blob at the head; at the base when removed. */
  readonly oid: string;
  readonly additions: number;
  readonly deletions: number;
  /** The hunks, from the first `@@`; undefined when binary or when only the name changed. */
  readonly patch: string | undefined;
}

const words: Readonly<Record<string, DiffFile['status']>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'changed',
};

/** The files that differ between two trees or commits. */
export async function diffTrees(dir: string, base: string, head: string): Promise<DiffFile[]> {
  const common = ['diff-tree', '-r', '-M', '--no-commit-id', base, head];
  const [raw, stats, patch] = await Promise.all([
    runGit(dir, [...common, '--raw', '-z', '--no-abbrev']),
    runGit(dir, [...common, '--numstat', '-z']),
    runGit(dir, [...common, '-p', '--full-index']),
  ]);
  const counts = numbers(stats.toString('utf8'));
  const patches = hunks(patch.toString('utf8'));
  return rows(raw.toString('utf8')).map((row, at) => ({
    ...row,
    additions: counts[at]?.[0] ?? 0,
    deletions: counts[at]?.[1] ?? 0,
    patch: patches[at],
  }));
}

function rows(text: string): Omit<DiffFile, 'additions' | 'deletions' | 'patch'>[] {
  const fields = text.split('\0');
  const found: Omit<DiffFile, 'additions' | 'deletions' | 'patch'>[] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const [, , before = '', after = '', letter = 'M'] = (fields[at] ?? '').split(' ');
    const status = words[letter.charAt(0)] ?? 'changed';
    const moved = status === 'renamed' || status === 'copied';
    const path = fields[at + (moved ? 2 : 1)] ?? '';
    const previousPath = moved ? fields[at + 1] : undefined;
    found.push({ path, previousPath, status, oid: status === 'removed' ? before : after });
    at += moved ? 3 : 2;
  }
  return found;
}

/** With `-z` a renamed file's names follow as two fields of their own. */
function numbers(text: string): [number, number][] {
  const fields = text.split('\0');
  const found: [number, number][] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const [added = '', deleted = '', path = ''] = (fields[at] ?? '').split('\t');
    found.push([Number(added) || 0, Number(deleted) || 0]);
    at += path === '' ? 3 : 1;
  }
  return found;
}

function hunks(text: string): (string | undefined)[] {
  return text
    .split(/^(?=diff --git )/m)
    .filter((part) => part.startsWith('diff --git '))
    .map((part) => {
      const start = part.search(/^@@ /m);
      return start < 0 ? undefined : part.slice(start).replace(/\n$/, '');
    });
}
