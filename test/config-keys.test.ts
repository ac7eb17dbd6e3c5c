import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOldLedgerKeys } from '../src/config-keys.ts';
import { newKey } from './domain/change/ledger-samples.ts';

const [one, two] = [newKey(), newKey()];
const both = one.publicKeyPem + two.publicKeyPem;

describe('old keys of the ledger', () => {
  it('may be missing', () => {
    expect(readOldLedgerKeys({})).toEqual({ kind: 'keys', pems: [] });
  });

  it('come one after the other, from a variable or a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'old-keys-'));
    const file = join(folder, 'old.pem');
    writeFileSync(file, both);
    const pems = [one.publicKeyPem.trim(), two.publicKeyPem.trim()];
    for (const env of [
      { LEDGER_OLD_KEYS: both },
      { LEDGER_OLD_KEYS: both.replaceAll('\n', '\\n') },
      { LEDGER_OLD_KEYS_PATH: file },
    ]) {
      expect(readOldLedgerKeys(env)).toEqual({ kind: 'keys', pems });
    }
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['words', { LEDGER_OLD_KEYS: 'nonsense' }],
    ['a private key', { LEDGER_OLD_KEYS: both + one.privateKeyPem }],
    ['a torn key', { LEDGER_OLD_KEYS: both.slice(0, -30) }],
    ['a file that is not there', { LEDGER_OLD_KEYS_PATH: '/nowhere' }],
    ['both', { LEDGER_OLD_KEYS: both, LEDGER_OLD_KEYS_PATH: '/nowhere' }],
  ])('are refused when they are %s, without telling what was there', (_, env) => {
    const read = readOldLedgerKeys(env);
    expect(read).toEqual({ kind: 'wrong', problem: expect.stringMatching(/^LEDGER_OLD_KEYS/) });
    expect(JSON.stringify(read)).not.toMatch(/nonsense|PRIVATE/);
  });
});
