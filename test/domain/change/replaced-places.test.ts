import type { Change } from '../../../src/domain/change/change.ts';
import { changesOf } from '../../../src/domain/change/changes-of.ts';
import type { Deed } from '../../../src/domain/change/record.ts';
import { mayBeReplaced, newerAt, replacedPlaces } from '../../../src/domain/change/replaced-places.ts';
import { openedDeed, recordsOf } from './change-samples.ts';

const opened = (change: number, places: Readonly<Record<string, number>>, pull?: number): Deed => ({
  ...openedDeed,
  change,
  pull,
  places: Object.entries(places).map(([name, wave]) => ({ name, wave, branch: `promote-${change}-${name}` })),
});
const ended = (change: number, why: 'withdrawn' | 'expired' | 'done'): Deed => ({
  kind: 'ended',
  change,
  why,
  by: undefined,
  supersededBy: undefined,
});

function replaced(deeds: readonly Deed[], merged: readonly string[] = []) {
  const changes = changesOf(recordsOf(deeds));
  const change = changes.get(1) as Change;
  return Object.fromEntries(replacedPlaces(change, changes.values(), (place) => merged.includes(place)));
}

describe('a newer promotion', () => {
  it.each<[string, readonly Deed[], readonly string[], object]>([
    ['to the same place takes it over', [opened(1, { a: 0 }), opened(2, { a: 0 })], [], { a: 2 }],
    ['to one of several leaves the others', [opened(1, { a: 0, b: 0 }), opened(2, { a: 0 })], [], { a: 2 }],
    [
      'to an earlier wave takes along what comes after it',
      [opened(1, { a: 0, b: 1 }), opened(2, { a: 0 })],
      [],
      { a: 2, b: 2 },
    ],
    ['to a later wave leaves the earlier', [opened(1, { a: 0, b: 1 }), opened(2, { b: 0 })], [], { b: 2 }],
    ['to what has merged takes nothing over', [opened(1, { a: 0 }), opened(2, { a: 0 })], ['a'], {}],
    ['elsewhere takes nothing over', [opened(1, { a: 0 }), opened(2, { b: 0 })], [], {}],
    [
      'that was withdrawn gives the place back',
      [opened(1, { a: 0 }), opened(2, { a: 0 }), ended(2, 'withdrawn')],
      [],
      {},
    ],
    [
      'that is done has the place all the same',
      [opened(1, { a: 0 }), opened(2, { a: 0 }), ended(2, 'done')],
      [],
      { a: 2 },
    ],
    ['that somebody opened by hand takes nothing over', [opened(1, { a: 0 }), opened(2, {}, 7)], [], {}],
    ['counts by the newest', [opened(1, { a: 0 }), opened(2, { a: 0 }), opened(3, { a: 0 })], [], { a: 3 }],
  ])('%s', (_what, deeds, merged, expected) => {
    expect(replaced(deeds, merged)).toEqual(expected);
  });

  it('is never an older one', () => {
    const changes = changesOf(recordsOf([opened(1, { a: 0 }), opened(2, { a: 0 })]));
    expect(newerAt({ number: 2 }, ['a'], changes.values())).toBeUndefined();
  });

  it('has those looked at that go to the same place, and whatever somebody opened by hand', () => {
    const deeds = [opened(1, { a: 0 }), opened(2, { b: 0 }), opened(3, {}, 7), opened(4, { a: 0 })];
    const changes = changesOf(recordsOf(deeds));
    const numbers = mayBeReplaced(changes.get(4) as Change, changes.values()).map(({ number }) => number);
    expect(numbers).toEqual([1, 3]);
  });
});
