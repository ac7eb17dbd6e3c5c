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

/**
 * Where and when, each cluster once: `prod (with the promotion), non-prod (live already)`. Where a cluster changes at
 * several times, all of them stand with it.
 */
export function placesText(
  places: readonly Place[],
  most = 6,
  words: (when: When) => string = whenText,
): string {
  const clusters = [...Map.groupBy(places, ({ cluster }) => clusterText(cluster))].map(([name, own]) => ({
    name,
    when: timesText(new Set(own.map(({ when }) => when)), words),
    first: Math.min(...own.map(({ when }) => order.indexOf(when))),
  }));
  const byTime = clusters.toSorted((one, other) => one.first - other.first);
  return [...Map.groupBy(byTime, ({ when }) => when)]
    .map(([when, own]) => {
      const names = own.map(({ name }) => name);
      return `${someOf(names, most)} (${when})`;
    })
    .join(', ');
}

function timesText(times: ReadonlySet<When>, words: (when: When) => string): string {
  const texts = order.filter((when) => times.has(when)).map(words);
  return texts.length > 1 ? texts.map((text) => `partly ${text}`).join(', ') : (texts[0] ?? '');
}
