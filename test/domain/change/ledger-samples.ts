import { generateKeyPairSync } from 'node:crypto';
import { createProofs, createSigner } from '../../../src/adapters/github/ledger/ledger-keys.ts';
import { EMPTY_CHAIN, type LedgerEntry, type Link, signRecord } from '../../../src/domain/change/chain.ts';
import type { Deed, LedgerRecord } from '../../../src/domain/change/record.ts';
import { recordText } from '../../../src/domain/change/record-text.ts';
import type { CommitSha, GitHubLogin, RepoName, SlackUserId } from '../../../src/domain/ids.ts';

export function newKey(): { readonly privateKeyPem: string; readonly publicKeyPem: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return { privateKeyPem: privateKey, publicKeyPem: publicKey };
}

export const KEY = newKey();
export const SIGNER = createSigner(KEY.privateKeyPem);
export const PROOFS = createProofs([KEY.publicKeyPem]);

export const LEDGER_REPO = 'sample-org/platform' as RepoName;
export const sha = (digit: string) => digit.repeat(40) as CommitSha;
const ann = { slack: 'U0ANN' as SlackUserId, login: 'ann' as GitHubLogin };
const bob = { slack: undefined, login: 'bob' as GitHubLogin };

const turn = {
  source: 'mgmt:flux-system/release',
  from: 'tag v1.0.0',
  running: sha('1'),
  to: 'tag v1.1.0',
  target: undefined,
};
const subject = { pull: 7, head: sha('a'), turns: [turn] };

/** One of each kind. */
export const DEEDS: readonly Deed[] = [
  {
    kind: 'opened',
    change: 1,
    what: { kind: 'promotion', tag: 'v1.1.0', automatic: false, back: false },
    requester: ann,
    places: [{ name: 'aws-v1-prod', branch: 'promote-v1.1.0-aws-v1-prod', wave: 0 }],
    pull: undefined,
    externalNumber: undefined,
  },
  { kind: 'approved', change: 1, by: bob, subjects: [subject], via: 'slack' },
  { kind: 'rejected', change: 1, by: bob, reason: 'zu früh\n\n{"not": "ours"}', subjects: [], via: 'review' },
  { kind: 'taken-back', change: 1, by: bob, via: 'comment' },
  { kind: 'held', change: 1, by: ann, reason: '=1+1' },
  { kind: 'hold-lifted', change: 1, by: ann },
  { kind: 'externally-numbered', change: 1, by: ann, externalNumber: 'CHG0001' },
  { kind: 'go', change: 1, by: ann, subjects: [subject] },
  { kind: 'override-asked', change: 1, by: ann, reason: 'down' },
  { kind: 'override-confirmed', change: 1, by: bob },
  { kind: 'frozen', by: ann, reason: 'audit', until: undefined },
  { kind: 'unfrozen', by: ann },
  {
    kind: 'merged',
    change: 1,
    pull: 7,
    commit: sha('b'),
    subject,
    past: undefined,
    approvedBy: [bob],
  },
  { kind: 'applied', change: 1, pull: 7, outcome: 'applied' },
  { kind: 'ended', change: 1, why: 'done', by: undefined, supersededBy: undefined },
];

/** What is to be recorded as number `n`, counted from 1. */
export function fresh(n: number, at = '2026-06-01T12:00:00.000Z') {
  const deed = DEEDS[(n - 1) % DEEDS.length] as Deed;
  return { id: `deed-${n}`, at, repo: LEDGER_REPO, policy: sha('c'), deed };
}

/** The first `count` records of a ledger that is in order. */
export function sampleRecords(count: number, signer = SIGNER): readonly LedgerRecord[] {
  const records: LedgerRecord[] = [];
  let last: Link | undefined = EMPTY_CHAIN.last;
  for (let n = 1; n <= count; n += 1) {
    const record = signRecord(fresh(n), last, signer);
    records.push(record);
    last = { id: record.id, seq: n, hash: PROOFS.sha256(recordText(record)) };
  }
  return records;
}

export const entryOf = (record: LedgerRecord): LedgerEntry => {
  return { where: `commit-${record.seq}`, text: recordText(record) };
};
