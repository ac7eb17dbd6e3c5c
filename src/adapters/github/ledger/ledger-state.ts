import type { LedgerPlace } from '../../../../jobs/change/change-ports.ts';
import {
  type Chain,
  EMPTY_CHAIN,
  extendChain,
  type LedgerEntry,
  type LedgerProofs,
  verifyLedger,
} from '../../../domain/change/chain.ts';
import { compareFiles, recordOfMessage } from '../../../domain/change/compare-files.ts';
import type { Ledger, LedgerDamage, LedgerRecord } from '../../../domain/change/record.ts';
import { recordText } from '../../../domain/change/record-text.ts';
import type { GitHubContext } from '../github-context.ts';
import { readTree } from '../read-tree.ts';
import { blobOid } from './ledger-keys.ts';
import { type BranchCommit, type BranchCommits, readBranch } from './read-branch.ts';

/** What is known of a ledger's branch. */
export interface LedgerState {
  /** Undefined while there is no such branch. */
  readonly head: string | undefined;
  /** The head and all commits before it. */
  readonly oids: ReadonlySet<string>;
  readonly chain: Chain;
  readonly fileDamage: readonly LedgerDamage[];
  /** Milliseconds on a clock that never jumps, when this head was seen first. */
  readonly learntAt: number;
}

/** GitHub's reads are up to 30 s old: until then a branch that went back may be an old answer. */
const OLD_READS_MS = 35_000;

const UNREAD: LedgerState = {
  head: undefined,
  oids: new Set(),
  chain: EMPTY_CHAIN,
  fileDamage: [],
  learntAt: Number.NEGATIVE_INFINITY,
};

/** Reads what is new; `before` is undefined at first. One query, and one more whenever the files are to be compared. */
export async function refresh(
  context: GitHubContext,
  proofs: LedgerProofs,
  at: LedgerPlace,
  before: LedgerState = UNREAD,
): Promise<LedgerState> {
  const { client, monotonic } = context;
  const isFresh = monotonic() - before.learntAt < OLD_READS_MS;
  const read = await readBranch(client, at, before.head, isFresh ? before.oids : undefined);
  if (read.kind === 'older') return before;
  if (read.kind === 'missing') {
    if (before.head === undefined || isFresh) return before;
    const chain = verifyLedger([], proofs, before.chain.last);
    return { ...UNREAD, chain, learntAt: monotonic() };
  }
  if (read.follows && read.commits.length === 0) return before;
  const found = entriesOf(read.commits);
  const chain = read.follows
    ? extendChain(before.chain, found.entries, proofs)
    : verifyLedger(found.entries, proofs, before.chain.last);
  const isOurs = read.follows && !found.hasForeign && chain.damage.length === before.chain.damage.length;
  const fileDamage = isOurs ? before.fileDamage : await compareWithTree(context, at, chain, read);
  const oids = new Set([...(read.follows ? before.oids : []), ...read.commits.map(({ oid }) => oid)]);
  return { head: read.head, oids, chain, fileDamage, learntAt: monotonic() };
}

/** The state after a commit of our own, which needs no reading. */
export function withRecord(
  state: LedgerState,
  commit: string,
  record: LedgerRecord,
  proofs: LedgerProofs,
  now: number,
): LedgerState {
  const entry = { where: commit, text: recordText(record) };
  const chain = extendChain(state.chain, [entry], proofs);
  return { ...state, head: commit, oids: new Set(state.oids).add(commit), chain, learntAt: now };
}

/** The part of a ledger that is about one repository; damage is everybody's. */
export function ledgerOf({ chain, fileDamage }: LedgerState, repo: string): Ledger {
  return {
    records: chain.records.filter((record) => record.repo === repo),
    damage: [...chain.damage, ...fileDamage],
  };
}

function entriesOf(commits: readonly BranchCommit[]): {
  readonly entries: readonly LedgerEntry[];
  readonly hasForeign: boolean;
} {
  const entries = commits.flatMap(({ oid, message }) => {
    const text = recordOfMessage(message);
    return text === undefined ? [] : [{ where: oid, text }];
  });
  return { entries, hasForeign: entries.length < commits.length };
}

async function compareWithTree(
  context: GitHubContext,
  at: LedgerPlace,
  chain: Chain,
  { tree }: BranchCommits,
): Promise<readonly LedgerDamage[]> {
  const files = await readTree(context, at.repository, tree);
  const named = new Set(chain.damage.map(({ where }) => where));
  const length = tree.length === 64 ? 64 : 40;
  return compareFiles(chain.records, files, (text) => blobOid(text, length), named);
}

/** The record of this id about `repo`; `taken` when the id is another repository's, or stands behind a gap. */
export function standing(
  { chain }: LedgerState,
  { id, repo }: Pick<LedgerRecord, 'id' | 'repo'>,
): LedgerRecord | 'taken' | undefined {
  if (!chain.hashes.has(id)) return undefined;
  return chain.records.find((record) => record.id === id && record.repo === repo) ?? 'taken';
}
