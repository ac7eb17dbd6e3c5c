import type { Effect } from '../../src/domain/effects/effect.ts';
import type { FluxKustomization, Source } from '../../src/domain/platform.ts';

interface Turning {
  /** What the source names now. */
  readonly from: Source['ref'];
  readonly management: string;
  readonly kustomizations: readonly FluxKustomization[];
}

/**
 * What of a range of commits comes with the turn of a source: what its followers apply. What a tagged source's followers
 * are declared to be has been live since it was merged; where a branch runs, nothing waits for the turn by itself.
 */
export function effectsOfTurn(
  all: readonly Effect[],
  { from, management, kustomizations }: Turning,
): readonly Effect[] {
  const followers = new Set(kustomizations.map(({ namespace, name }) => `${namespace}/${name}`));
  return all.filter(
    (effect) =>
      effect.management === management &&
      followers.has(effect.kustomization) &&
      (from.kind !== 'tag' || effect.when !== 'at-merge'),
  );
}
