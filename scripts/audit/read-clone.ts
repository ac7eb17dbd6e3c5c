import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerEntry } from '../../src/domain/change/chain.ts';
import { type LedgerFile, recordOfMessage } from '../../src/domain/change/compare-files.ts';

export interface ClonedLedger {
  /** Of the history by first parents, the oldest first. */
  readonly entries: readonly LedgerEntry[];
  readonly files: readonly LedgerFile[];
}

/** Reads a ledger's branch with git alone, from a clone at hand or from wherever git can clone. Throws when it cannot. */
export function readClone(ledger: string, branch: string): ClonedLedger {
  if (isFolder(ledger)) return readFolder(ledger, branch);
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-audit-'));
  try {
    git(['clone', '--quiet', '--bare', '--single-branch', '--branch', branch, '--', ledger, folder]);
    return readFolder(folder, branch);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readFolder(folder: string, branch: string): ClonedLedger {
  const inFolder = (...args: readonly string[]) => git(['-C', folder, ...args]);
  if (inFolder('rev-parse', '--is-shallow-repository').trim() === 'true') {
    throw new Error(`${folder} is a shallow clone; the ledger is read whole: git fetch --unshallow`);
  }
  const head = headOf(folder, branch);
  const log = inFolder(
    'log',
    '--first-parent',
    '--reverse',
    '-z',
    '--encoding=UTF-8',
    '--format=%H%n%B',
    head,
  );
  const entries = split(log).flatMap((commit) => {
    const text = recordOfMessage(commit.slice(commit.indexOf('\n') + 1));
    return text === undefined ? [] : [{ where: commit.slice(0, commit.indexOf('\n')), text }];
  });
  const tree = inFolder('ls-tree', '-r', '-z', '--full-tree', head, '--', 'records/');
  const files = split(tree).map((line) => {
    const [meta = '', path = ''] = line.split('\t', 2);
    return { path, oid: meta.split(' ')[2] ?? '' };
  });
  return { entries, files };
}

/** What was fetched last goes before a branch of the clone's own, which may be old. */
function headOf(folder: string, branch: string): string {
  for (const ref of [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`]) {
    const found = spawn(['-C', folder, 'rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
    if (found.status === 0) return found.stdout.trim();
  }
  throw new Error(`${folder} has no branch ${branch}; fetch it, or name another with --branch`);
}

function split(text: string): readonly string[] {
  return text.split('\0').filter((part) => part !== '');
}

function git(args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawn(args);
  if (status === 0) return stdout;
  throw new Error(`git failed: ${(error?.message ?? stderr).trim()}`);
}

function spawn(args: readonly string[]) {
  // Replacements and grafts of the clone would show another history than the branch has.
  const env = {
    ...process.env,
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_GRAFT_FILE: '/dev/null',
  };
  return spawnSync('git', args, { encoding: 'utf8', env, maxBuffer: 1024 * 1024 * 1024 });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
