import type { When } from '../../domain/delivery.ts';
import { clip } from '../clip.ts';
import { someOf } from '../listing.ts';

/** When a change that a release holds reaches a cluster, as an adverb. */
const whenTexts: Readonly<Record<When, string>> = {
  'at-merge': 'live already',
  'next-promotion': 'with the promotion',
  suspended: 'suspended now',
  unknown: 'when cannot be told',
};

export function whenText(when: When): string {
  return whenTexts[when];
}

/** A cluster by its name; the management cluster has none of its own. */
export function clusterText(cluster: string | undefined, management?: string): string {
  if (cluster !== undefined) return clip(cluster, 100);
  return management === undefined ? 'the management cluster' : `management cluster ${clip(management, 150)}`;
}

interface Place {
  readonly cluster: string | undefined;
  readonly when: When;
}

const order: readonly When[] = ['next-promotion', 'at-merge', 'suspended', 'unknown'];

/** Where and when: `prod (with the promotion), non-prod (live already)`. */
export function placesText(places: readonly Place[], most = 6): string {
  return order
    .flatMap((when) => {
      const clusters = [
        ...new Set(places.filter((place) => place.when === when).map(({ cluster }) => clusterText(cluster))),
      ];
      return clusters.length === 0 ? [] : [`${someOf(clusters, most)} (${whenText(when)})`];
    })
    .join(', ');
}
