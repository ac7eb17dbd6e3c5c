import type { Change } from './change.ts';

/** How many pull requests of a change are still to be merged. */
export function toCome({ ended, places, merged }: Pick<Change, 'ended' | 'places' | 'merged'>): number {
  return ended === undefined ? Math.max(0, places.length - merged.length) : 0;
}
