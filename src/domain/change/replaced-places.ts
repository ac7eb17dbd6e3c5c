import type { Change } from './change.ts';

/**
 * The newest promotion that was asked for later than a change and goes to one of these places. Only those made here: a
 * pull request that anybody can open must not end what people agreed to.
 */
export function newerAt(
  change: Pick<Change, 'number'>,
  places: readonly string[],
  changes: Iterable<Change>,
): Change | undefined {
  return [...changes].findLast(
    ({ number, what, ended, places: its }) =>
      number > change.number &&
      what.kind === 'promotion' &&
      ended?.why !== 'withdrawn' &&
      ended?.why !== 'expired' &&
      its.some(({ name }) => places.includes(name)),
  );
}

/**
 * Places of a promotion that a newer one has taken over before it merged there. What comes after such a place in the
 * order of waves hangs on it and goes with it; the rest goes on.
 *
 * @returns place -> number of the newer change.
 */
export function replacedPlaces(
  change: Change,
  changes: Iterable<Change>,
  isMerged: (place: string) => boolean,
): ReadonlyMap<string, number> {
  if (change.what.kind !== 'promotion') return new Map();
  const all = [...changes];
  const open = change.places.filter(({ name }) => !isMerged(name));
  const taken = open.flatMap(({ name, wave }) => {
    const newer = newerAt(change, [name], all);
    return newer === undefined ? [] : [{ name, wave, by: newer.number }];
  });
  const [first] = taken.toSorted((one, other) => one.wave - other.wave);
  const after = open.flatMap(({ name, wave }) =>
    first !== undefined && wave > first.wave ? [[name, first.by] as const] : [],
  );
  return new Map([...after, ...taken.map(({ name, by }) => [name, by] as const)]);
}

/** Open promotions that a newer one may take the place of: for those that somebody opened only a look can tell. */
export function mayBeReplaced(change: Change, changes: Iterable<Change>): readonly Change[] {
  const names = new Set(change.places.map(({ name }) => name));
  return [...changes].filter(
    ({ number, what, ended, pull, places }) =>
      number < change.number &&
      ended === undefined &&
      what.kind === 'promotion' &&
      (pull !== undefined || places.some(({ name }) => names.has(name))),
  );
}
