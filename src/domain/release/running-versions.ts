import type { Platform } from '../platform.ts';
import type { Policy } from '../policy.ts';
import { versionOf } from './version.ts';

/** The version tags that sources of the platform are pinned to, lowest first: what production runs. */
export function runningVersions(
  { sources }: Pick<Platform, 'sources'>,
  { release }: Pick<Policy, 'release'>,
): readonly string[] {
  const versions = sources.flatMap(({ ref }) => {
    const version = ref.kind === 'tag' ? versionOf(ref.tag, release.tagPrefix) : undefined;
    return ref.kind === 'tag' && version !== undefined ? [{ tag: ref.tag, version }] : [];
  });
  const inOrder = versions.toSorted((a, b) => a.version.compare(b.version)).map(({ tag }) => tag);
  return [...new Set(inOrder)];
}

/** The lowest version that production runs, where it lies below the one that a release goes on from. */
export function laggingVersion(
  running: readonly string[],
  previous: string | undefined,
  { release }: Pick<Policy, 'release'>,
): string | undefined {
  const base = previous === undefined ? undefined : versionOf(previous, release.tagPrefix);
  return running.find((tag) => {
    const version = versionOf(tag, release.tagPrefix);
    return base !== undefined && version !== undefined && version.compare(base) < 0;
  });
}
