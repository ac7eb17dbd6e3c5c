import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { csvCell } from '../../scripts/audit/to-csv.ts';
import type { LedgerRecord } from '../../src/domain/change/record.ts';
import { recordPath, recordText } from '../../src/domain/change/record-text.ts';
import { KEY, newKey, sampleRecords } from '../domain/change/ledger-samples.ts';

const root = mkdtempSync(join(tmpdir(), 'audit-test-'));
const key = join(root, 'public.pem');
const strange = join(root, 'strange.pem');
writeFileSync(key, KEY.publicKeyPem);
writeFileSync(strange, newKey().publicKeyPem);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const records = sampleRecords(15);
let made = 0;

function git(folder: string, ...args: readonly string[]): void {
  const who = ['-c', 'user.name=x', '-c', 'user.email=x@example.com', '-c', 'commit.gpgsign=false'];
  const { status, stderr } = spawnSync('git', ['-C', folder, ...who, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

function commit(folder: string, message: string, path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
  git(folder, 'add', '-A');
  git(folder, 'commit', '--quiet', '--cleanup=verbatim', '-m', message);
}

function clone(which: readonly LedgerRecord[] = records): string {
  made += 1;
  const folder = join(root, `clone-${made}`);
  mkdirSync(folder);
  git(folder, 'init', '--quiet', '-b', 'trunkline/ledger');
  for (const record of which) {
    const text = recordText(record);
    commit(folder, `record ${record.seq}\n\n${text.trimEnd()}`, recordPath(record), text);
  }
  return folder;
}

function audit(...args: readonly string[]) {
  const { SLACK_BOT_TOKEN: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/audit.ts', ...args], {
    encoding: 'utf8',
    env: { ...env, INIT_CWD: root },
  });
  return { status, stdout, stderr };
}

describe('an audit', () => {
  const whole = clone();

  it('prints a year of records as JSON lines', () => {
    const { status, stdout, stderr } = audit('--ledger', whole, '--key', 'public.pem', '--year', '2026');
    expect(stderr).toContain('15 records verified');
    expect(stdout).toBe(records.map(recordText).join(''));
    expect(status).toBe(0);
  });

  it('clones from an address, and prints nothing of another year', () => {
    const { status, stdout } = audit('--ledger', `file://${whole}`, '--key', key, '--year', '2025');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  it('prints CSV that no spreadsheet runs', () => {
    const { stdout } = audit('--ledger', whole, '--key', key, '--format', 'csv');
    expect(stdout.split('\r\n')[0]).toBe(
      'seq,at,repo,change,kind,slack,github,pull,reason,policy,id,key,deed',
    );
    expect(stdout).toContain(`held,U0ANN,ann,,"'=1+1",`);
  });

  it('names a file that was edited, one that was deleted, and one too many', () => {
    const folder = clone(records.slice(0, 3));
    commit(folder, 'chore: x', 'records/2026/06/deed-1.json', '{}\n');
    git(folder, 'rm', '--quiet', 'records/2026/06/deed-2.json');
    commit(folder, 'chore: y', 'records/2026/06/zz.json', '{}\n');
    const { status, stderr } = audit('--ledger', folder, '--key', key);
    expect(status).toBe(1);
    expect(stderr.split('\n').slice(0, 3)).toEqual([
      'edited: records/2026/06/deed-1.json',
      'deleted: records/2026/06/deed-2.json',
      'forged: records/2026/06/zz.json',
    ]);
  });

  it('names a record that is left out of the history, and records of a strange key', () => {
    const folder = clone(records.slice(0, 3).toSpliced(1, 1));
    expect(audit('--ledger', folder, '--key', key)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('broken-chain: records/2026/06/deed-3.json'),
    });
    expect(audit('--ledger', folder, '--key', strange)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('unknown-key: records/2026/06/deed-1.json'),
    });
  });

  it.each([
    ['no ledger', [], 64],
    ['a key that is none', ['--ledger', whole, '--key', whole], 64],
    ['no key', ['--ledger', whole], 64],
    ['a year that is none', ['--ledger', whole, '--key', key, '--year', 'x'], 64],
    ['no such branch', ['--ledger', whole, '--key', key, '--branch', 'x'], 69],
    ['no such repository', ['--ledger', join(root, 'none'), '--key', key], 69],
  ])('tells of %s', (_, args, status) => {
    expect(audit(...args)).toMatchObject({ status, stdout: '' });
  });
});

describe('a cell', () => {
  it.each(['=1+1', '+1', '-1', '@x', ' =1', '\t=1', '\r=1', '＝1'])('%j is no formula', (text) => {
    expect(csvCell(text)).toMatch(/^"'/);
  });

  it('says what it said', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const cell = csvCell(text);
        const bare = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
        expect([text, `'${text}`]).toContain(bare);
      }),
    );
  });
});
