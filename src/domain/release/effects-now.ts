import type { Effect } from '../effects/effect.ts';
import type { Policy } from '../policy.ts';
import { versionOf } from './version.ts';

/** The effects of a published release as they stand now: where its version or a higher one runs, they are live. */
export function effectsNow(
  effects: readonly Effect[],
  tag: string,
  { release: { tagPrefix } }: Pick<Policy, 'release'>,
): readonly Effect[] {
  const version = versionOf(tag, tagPrefix);
  return effects.map((effect) => {
    const { when, follows } = effect;
    const runs = follows?.kind === 'tag' ? versionOf(follows.tag, tagPrefix) : undefined;
    const isLive = version !== undefined && runs !== undefined && runs.compare(version) >= 0;
    return isLive && when === 'next-promotion' ? { ...effect, when: 'at-merge' } : effect;
  });
}
