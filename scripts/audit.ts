import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { blobOid, createProofs } from '../src/adapters/github/ledger/ledger-keys.ts';
import { readLedgerKey, readOldLedgerKeys, readPublicKeys } from '../src/config-keys.ts';
import { verifyLedger } from '../src/domain/change/chain.ts';
import { compareFiles } from '../src/domain/change/compare-files.ts';
import { recordText } from '../src/domain/change/record-text.ts';
import { readClone } from './audit/read-clone.ts';
import { toCsv } from './audit/to-csv.ts';

const USAGE = `usage: npm run audit -- --ledger <git url or path of a clone> [--branch trunkline/ledger]
  [--key <file with Ed25519 public keys>]… [--year 2026] [--format jsonl|csv]

Prints the records of a ledger and verifies every signature and link, with git alone. Without --key, the keys are those
of LEDGER_KEY and LEDGER_OLD_KEYS. Exit code: 0 in order, 1 damaged (each damage on stderr), 64 wrong usage, 69 unreadable.
`;

/** The exit code; what is found goes to stdout and stderr. */
function audit(): number {
  const { values } = parseArgs({
    options: {
      ledger: { type: 'string' },
      branch: { type: 'string', default: 'trunkline/ledger' },
      key: { type: 'string', multiple: true, default: [] },
      year: { type: 'string' },
      format: { type: 'string', default: 'jsonl' },
    },
  });
  const { ledger, branch, year, format } = values;
  if (ledger === undefined) throw new Error('--ledger is missing');
  if (format !== 'jsonl' && format !== 'csv') throw new Error('--format is jsonl or csv');
  if (year !== undefined && !/^\d{4}$/.test(year)) throw new Error('--year is a year, such as 2026');
  const proofs = createProofs(keysOf(values.key.map(here)));

  let clone: ReturnType<typeof readClone>;
  try {
    clone = readClone(ledger.includes(':') ? ledger : here(ledger), branch);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 69;
  }
  const { records, damage } = verifyLedger(clone.entries, proofs);
  const length = clone.files[0]?.oid.length === 64 ? 64 : 40;
  const named = new Set(damage.map(({ where }) => where));
  const oid = (text: string) => blobOid(text, length);
  const all = [...damage, ...compareFiles(records, clone.files, oid, named)];

  const wanted = records.filter(({ at }) => year === undefined || at.startsWith(`${year}-`));
  process.stdout.write(format === 'csv' ? toCsv(wanted) : wanted.map(recordText).join(''));
  for (const { why, where } of all) process.stderr.write(`${why}: ${where}\n`);
  const last = records.at(-1);
  const end = last === undefined ? 'none' : `the last is ${last.seq}, ${last.id}, of ${last.at}`;
  process.stderr.write(
    `${records.length} records verified (${end}), ${wanted.length} printed, ${all.length} damaged\n`,
  );
  return all.length > 0 ? 1 : 0;
}

function keysOf(files: readonly string[]): readonly string[] {
  if (files.length > 0) return files.flatMap((file) => publicKeys(file, readFileSync(file, 'utf8')));
  const key = readLedgerKey(process.env);
  if (key.kind === 'wrong') throw new Error(key.problem);
  const old = readOldLedgerKeys(process.env);
  if (old.kind === 'wrong') throw new Error(old.problem);
  const keys = [...(key.kind === 'key' ? [key.pem] : []), ...old.pems];
  if (keys.length === 0) throw new Error('no key to verify with; name a file with --key');
  return keys;
}

function publicKeys(file: string, text: string): readonly string[] {
  const read = readPublicKeys(file, text);
  if (read.kind === 'wrong') throw new Error(read.problem);
  return read.pems;
}

/** Paths are meant from where npm was called, not from the project's folder. */
function here(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}

try {
  process.exitCode = audit();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exitCode = 64;
}
