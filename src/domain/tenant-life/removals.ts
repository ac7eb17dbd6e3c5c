import { arrivals } from '../arrival.ts';
import type { Platform } from '../platform.ts';
import type { Removal } from './edit-draft.ts';
import type { TenantObject } from './tenant-standing.ts';

/** Where and when the objects of files that go are deleted. */
export function removalsOf(
  deletions: readonly string[],
  objects: readonly TenantObject[],
  platform: Platform,
): readonly Removal[] {
  return arrivals(deletions, platform).flatMap((arrival) => {
    if (arrival.when === 'none') return [];
    const { cluster, management, when, files, through } = arrival;
    const found = platform.kustomizations.filter(
      (one) => one.management === management && through.includes(`${one.namespace}/${one.name}`),
    );
    const mine = objects.filter(({ path }) => files.includes(path));
    return [{ cluster, management, when, objects: mine, prunes: found.every(({ prune }) => prune) }];
  });
}
