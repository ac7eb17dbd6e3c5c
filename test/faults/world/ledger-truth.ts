import type { LedgerRecord } from '../../../src/domain/change/record.ts';
import { parseRecord } from '../../../src/domain/change/record-schema.ts';
import type { MemoryGitHub } from './github-world.ts';

export const LEDGER = 'refs/heads/trunkline/ledger';

const known = new Map<string, readonly LedgerRecord[]>();

/** The records that stand on the ledger at a commit, the oldest first, by git itself. */
export function recordsAt(github: MemoryGitHub, oid: string | undefined): readonly LedgerRecord[] {
  if (oid === undefined) return [];
  const before = known.get(oid);
  if (before !== undefined) return before;
  const commit = github.memory.objects.commit(oid);
  const text = commit?.message.slice(commit.message.indexOf('\n')).trim() ?? '';
  const record = text.startsWith('{') ? parseRecord(JSON.parse(text)) : undefined;
  const records = [...recordsAt(github, commit?.parents[0]), ...(record === undefined ? [] : [record])];
  known.set(oid, records);
  return records;
}

/** What stands there now. */
export function recordsNow(github: MemoryGitHub): readonly LedgerRecord[] {
  return recordsAt(github, github.state.refs.get(LEDGER));
}
