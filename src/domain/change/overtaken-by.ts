import type { Change } from './change.ts';

/**
 * What took a merge's place: what a later merge turned one of its sources to, by the ledger; undefined while none has.
 */
export function overtakenBy(changes: readonly Change[], change: Change, pull: number): string | undefined {
  const own = change.merged.find((each) => each.pull === pull);
  const sources = new Set(own?.subject?.turns.map(({ source }) => source));
  if (own === undefined || sources.size === 0) return undefined;
  const later = changes
    .flatMap(({ merged }) => merged)
    .filter((each) => each.pull !== pull && Date.parse(each.at) > Date.parse(own.at))
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  for (const { subject } of later) {
    const turn = subject?.turns.find(({ source }) => sources.has(source));
    if (turn !== undefined) return turn.to.replace(/^(?:tag|branch) /, '');
  }
  return undefined;
}
