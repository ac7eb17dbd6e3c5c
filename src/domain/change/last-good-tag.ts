import type { Change } from './change.ts';

/**
 * The last version that ran without failure before a change: what the newest earlier promotion brought, all of it
 * merged with approval and applied. Where none is known, what the change itself turned away from.
 *
 * @param from number of the change that is to be undone.
 * @returns undefined when nothing tells.
 */
export function lastGoodTag(changes: ReadonlyMap<number, Change>, from: number): string | undefined {
  const undone = changes.get(from);
  if (undone?.what.kind !== 'promotion') return undefined;
  const bad = undone.what.tag;
  const earlier = [...changes.values()]
    .filter(({ number }) => number < from)
    .toSorted((one, other) => other.number - one.number);
  for (const { what, applied, merged } of earlier) {
    if (what.kind !== 'promotion' || what.tag === bad || merged.length === 0) continue;
    if (merged.every(({ pull }) => applied.get(pull)?.outcome === 'applied')) return what.tag;
  }
  return runningBefore(undone);
}

/** What ran when it was merged had run until then; that it ran without failure nobody recorded. */
function runningBefore({ merged }: Change): string | undefined {
  const from = new Set(merged.flatMap(({ subject }) => subject?.turns.map((turn) => turn.from) ?? []));
  const [only] = from;
  return from.size === 1 && only?.startsWith('tag ') ? only.slice('tag '.length) : undefined;
}
