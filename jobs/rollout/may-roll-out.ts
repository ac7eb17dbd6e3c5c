import type { Change } from '../../src/domain/change/change.ts';

/** Long enough for a process that was away for weeks, and for clocks that are wrong; milliseconds. */
const LOOK_BACK_MS = 30 * 24 * 60 * 60_000;

/**
 * Whether a merge of a change has no end on the ledger, or none is to come any more of those that were, which is told,
 * too. How long it is followed is decided by GitHub's clock.
 */
export function mayRollOut({ merged, applied, ended, places }: Change): boolean {
  const isRecent = (at: string) => Date.now() - Date.parse(at) < LOOK_BACK_MS;
  const isOpen = merged.some(({ pull, at }) => applied.get(pull)?.outcome !== 'applied' && isRecent(at));
  const isCutShort = ended !== undefined && merged.length > 0 && merged.length < places.length;
  return isOpen || (isCutShort && isRecent(ended.at));
}
