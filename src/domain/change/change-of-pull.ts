import type { Change } from './change.ts';
import type { PullFacts } from './pull-facts.ts';

/** What tells which change a pull request is part of; without its branch only those that are about nothing else. */
export type PullOfChange = Pick<PullFacts, 'number' | 'state'> & Partial<Pick<PullFacts, 'branch' | 'ours'>>;

/**
 * The last change that a pull request is part of; one that is open again after its change ended begins another. A branch
 * of a promotion's name counts only for a pull request that this App opened.
 */
export function changeOfPull(
  changes: Iterable<Change>,
  { number, branch, ours, state }: PullOfChange,
): Change | undefined {
  return [...changes].findLast((change) => {
    if (state === 'open' && change.ended !== undefined) return false;
    return (
      change.pull === number ||
      change.merged.some(({ pull }) => pull === number) ||
      (ours === true && change.places.some((place) => place.branch === branch))
    );
  });
}
