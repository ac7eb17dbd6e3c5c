import type { Ledger, LedgerDamage, LedgerRecord } from './record.ts';
import { parseRecord } from './record-schema.ts';
import { recordPath, recordText, signedText } from './record-text.ts';

/** The proofs, given from outside since the rules do no cryptography of their own. */
export interface LedgerProofs {
  /** In hexadecimal, of the text in UTF-8. */
  readonly sha256: (text: string) => string;
  /** Whether the key with this fingerprint signed the text; undefined when the key is not known. */
  readonly verify: (key: string, text: string, signature: string) => boolean | undefined;
}

export interface LedgerSigner {
  /** Fingerprint of the key. */
  readonly key: string;
  /** Base64 of the signature. */
  readonly sign: (text: string) => string;
}

/** What was found where a record should be, in the order of the history, the oldest first. */
export interface LedgerEntry {
  /** The commit. */
  readonly where: string;
  readonly text: string;
}

/** The last record of a chain. */
export interface Link {
  readonly id: string;
  readonly seq: number;
  readonly hash: string;
}

export interface Chain extends Ledger {
  /** Hash of every record that was signed and came in order, also of one before which others are missing, by its id. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly last: Link | undefined;
}

export const EMPTY_CHAIN: Chain = { records: [], damage: [], hashes: new Map(), last: undefined };

/** Numbers, chains and signs what is to follow `last`. */
export function signRecord(
  fresh: Omit<LedgerRecord, 'v' | 'seq' | 'previous' | 'key' | 'signature'>,
  last: Link | undefined,
  signer: LedgerSigner,
): LedgerRecord {
  const { id, at, repo, policy, deed } = fresh;
  const link = { seq: (last?.seq ?? 0) + 1, previous: last?.hash };
  const body = { v: 1, id, ...link, at, repo, policy, deed, key: signer.key } as const;
  return { ...body, signature: signer.sign(signedText(body)) };
}

/**
 * Reads a whole ledger. Every entry is a record that follows the one before, or damage.
 *
 * @param known the last record that was seen earlier: a history without it was rewritten. Only this tells of records
 *   cut off at the end.
 */
export function verifyLedger(entries: readonly LedgerEntry[], proofs: LedgerProofs, known?: Link): Chain {
  const chain = extendChain(EMPTY_CHAIN, entries, proofs);
  if (known === undefined || chain.hashes.get(known.id) === known.hash) return chain;
  const lost: LedgerDamage = { why: 'rewritten', where: known.id };
  // What is appended later goes on from the record that was lost, so the gap stays to be seen in the ledger itself.
  const last = (chain.last?.seq ?? 0) > known.seq ? chain.last : known;
  return { ...chain, damage: [...chain.damage, lost], last };
}

/** Reads entries that came after those which `chain` was made of. */
export function extendChain(chain: Chain, entries: readonly LedgerEntry[], proofs: LedgerProofs): Chain {
  if (entries.length === 0) return chain;
  const records = [...chain.records];
  const damage = [...chain.damage];
  const hashes = new Map(chain.hashes);
  let last = chain.last;
  for (const entry of entries) {
    const read = readEntry(entry, proofs);
    if (read.kind === 'damage') {
      damage.push(read.damage);
      continue;
    }
    const { record, hash } = read;
    const where = recordPath(record);
    if (hashes.has(record.id)) {
      damage.push({ why: 'repeated', where });
      continue;
    }
    const follows = record.seq === (last?.seq ?? 0) + 1 && record.previous === last?.hash;
    if (follows) records.push(record);
    else damage.push({ why: 'broken-chain', where });
    // After a gap the chain goes on with what was signed to come later, so that a lost record is named once only.
    if (!follows && record.seq <= (last?.seq ?? 0)) continue;
    hashes.set(record.id, hash);
    last = { id: record.id, seq: record.seq, hash };
  }
  return { records, damage, hashes, last };
}

type EntryRead =
  | { readonly kind: 'record'; readonly record: LedgerRecord; readonly hash: string }
  | { readonly kind: 'damage'; readonly damage: LedgerDamage };

function readEntry({ where, text }: LedgerEntry, { sha256, verify }: LedgerProofs): EntryRead {
  const record = parseRecord(parseJson(text));
  if (record === undefined) return { kind: 'damage', damage: { why: 'unreadable', where } };
  const path = recordPath(record);
  const isSigned = verify(record.key, signedText(record), record.signature);
  if (isSigned === undefined) return { kind: 'damage', damage: { why: 'unknown-key', where: path } };
  if (!isSigned) return { kind: 'damage', damage: { why: 'forged', where: path } };
  // Signed, but written in another way: the hash of the next record would tell, yet the last one has no next.
  if (recordText(record) !== text) return { kind: 'damage', damage: { why: 'edited', where: path } };
  return { kind: 'record', record, hash: sha256(text) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
