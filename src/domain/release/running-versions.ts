import type { Platform } from '../platform.ts';
import type { Policy } from '../policy.ts';
import { versionOf } from './version.ts';

/** Production runs a lower version than the release before, so that a promotion brings more than one release. */
export interface Behind {
  /** The lowest version that production runs. */
  readonly runs: string;
  /** The release that another goes on from. */
  readonly previous: string;
}

/** Whether a source of the platform is pinned to a version below the one that a release goes on from. */
export function behind(
  { sources }: Pick<Platform, 'sources'>,
  previous: string | undefined,
  { release: { tagPrefix } }: Pick<Policy, 'release'>,
): Behind | undefined {
  const base = previous === undefined ? undefined : versionOf(previous, tagPrefix);
  if (previous === undefined || base === undefined) return undefined;
  const below = sources.flatMap(({ ref }) => {
    const version = ref.kind === 'tag' ? versionOf(ref.tag, tagPrefix) : undefined;
    return ref.kind === 'tag' && version && version.compare(base) < 0 ? [{ tag: ref.tag, version }] : [];
  });
  const [lowest] = below.toSorted((a, b) => a.version.compare(b.version));
  return lowest && { runs: lowest.tag, previous };
}
