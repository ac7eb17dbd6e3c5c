import type { Change } from '../../src/domain/change/change.ts';

/** Long enough for a process that was away for weeks, and for clocks that are wrong; milliseconds. */
const LOOK_BACK_MS = 30 * 24 * 60 * 60_000;

/** Whether a merge of a change has no end on the ledger. How long it is followed is decided by GitHub's clock. */
export function mayRollOut({ merged, applied }: Change): boolean {
  return merged.some(
    ({ pull, at }) => applied.get(pull)?.outcome !== 'applied' && Date.now() - Date.parse(at) < LOOK_BACK_MS,
  );
}
