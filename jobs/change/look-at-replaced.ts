import { changesOf } from '../../src/domain/change/changes-of.ts';
import type { Ledger } from '../../src/domain/change/record.ts';
import { mayBeReplaced } from '../../src/domain/change/replaced-places.ts';
import type { RepoName } from '../../src/domain/ids.ts';
import type { Hints } from '../ports.ts';

/** Has those looked at whose place a change that was just opened may have taken. */
export async function lookAtReplaced(
  hints: Pick<Hints, 'lookAtChange'>,
  repo: RepoName,
  { records }: Ledger,
  number: number,
): Promise<void> {
  const changes = changesOf(records);
  const change = changes.get(number);
  if (change === undefined) return;
  for (const older of mayBeReplaced(change, changes.values())) await hints.lookAtChange(repo, older.number);
}
