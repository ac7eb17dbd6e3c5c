import type { Arrival } from '../domain/arrival.ts';
import { foldersOf, listing } from './listing.ts';

type ClusterArrival = Exclude<Arrival, { readonly when: 'none' }>;

/** What is said of one arrival: whom it is about, and when. */
export interface ArrivalWords {
  readonly where: string;
  readonly when: string;
}

/**
 * Arrivals in words, one for each cluster and time, one for each folder that nothing applies.
 * @param merged whether the pull request is merged already.
 */
export function arrivalWords(arrivals: readonly Arrival[], merged = false): readonly ArrivalWords[] {
  return arrivals.flatMap((arrival) => {
    if (arrival.when === 'none') {
      return foldersOf(arrival.files).map((where) => ({
        where,
        when: 'no Kustomization applies this path yet',
      }));
    }
    const where = arrival.cluster ?? `management cluster ${arrival.management}`;
    return [{ where, when: whenWords(arrival, merged) }];
  });
}

function whenWords(arrival: ClusterArrival, merged: boolean): string {
  if (arrival.when === 'at-merge') return merged ? 'in a few minutes' : 'at merge, within a few minutes';
  if (arrival.when === 'next-promotion') return `with the next promotion${followsWords(arrival)}`;
  const kustomizations = listing(arrival.through);
  if (arrival.when === 'suspended')
    return `not before ${kustomizations} or its source is resumed; it is suspended now`;
  return `cannot be told: the source of ${kustomizations} is not declared in the repository`;
}

function followsWords({ follows }: ClusterArrival): string {
  if (follows === undefined) return '';
  if (follows.kind === 'tag') return ` (it runs tag ${follows.tag} now)`;
  return follows.kind === 'branch'
    ? ` (it follows branch ${follows.branch})`
    : ` (it follows ${follows.text})`;
}
