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

/** The files that differ between two trees or commits: one git command, its three answers one after the other. */
export async function diffTrees(dir: string, base: string, head: string): Promise<DiffFile[]> {
  const args = ['diff-tree', '-r', '-M', '--no-commit-id', '--no-abbrev', '--raw', '--numstat', '-p', '-z'];
  const output = (await runGit(dir, [...args, base, head])).toString('utf8');
  const rawEnd = output.search(/(?<=^|\0)(?!:)(?:\d+|-)\t/);
  if (rawEnd < 0) return [];
  const patchStart = output.indexOf('\0\0diff --git ', rawEnd);
  const counts = numbers(output.slice(rawEnd, patchStart < 0 ? undefined : patchStart + 1));
  const patches = patchStart < 0 ? [] : hunks(output.slice(patchStart + 2));
  return rows(output.slice(0, rawEnd)).map((row, at) => ({
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
