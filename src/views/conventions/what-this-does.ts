import type { When } from '../../domain/delivery.ts';
import type { Effect } from '../../domain/effects/effect.ts';
import { summarise } from '../../domain/effects/summarise.ts';
import type { TurnedSource } from '../../domain/effects/turned-sources.ts';
import type { CommitSha } from '../../domain/ids.ts';
import type { Source } from '../../domain/platform.ts';
import { promotionEffects, promotionNotRendered } from '../change/promotion-effects.ts';
import { clip } from '../clip.ts';
import { someOf } from '../listing.ts';
import { codeMarkdown, escapeMarkdown } from '../markdown-text.ts';
import { highlightWords } from '../release/highlight-words.ts';
import { clusterText, placesText } from '../release/when-words.ts';

/** What a pull request does, as far as its files tell. */
export interface PullEffects {
  readonly effects: readonly Effect[];
  /** What a source that is turned brings is not in the pull request's files. */
  readonly turned: readonly TurnedSource[];
  /** What it was worked out from. */
  readonly base: CommitSha;
  readonly head: CommitSha;
}

export type WhatThisDoes =
  | ({ readonly kind: 'effects' } & PullEffects)
  /** It goes to another branch than the one that clusters follow. */
  | { readonly kind: 'other-base'; readonly branch: string; readonly defaultBranch: string };

const HEADING = '## What this does';

/** GitHub refuses a comment of more than 65,536 characters. */
const ROOM = { time: 15_000, rare: 3_000, notRendered: 6_000 } as const;

/** The one comment on a pull request that says what merging it does to clusters; of at most 65,536 characters. */
export function whatThisDoes(subject: WhatThisDoes): string {
  if (subject.kind === 'other-base') {
    const [branch, main] = [subject.branch, subject.defaultBranch].map((name) =>
      codeMarkdown(clip(name, 200)),
    );
    return `${HEADING}\n\nIt goes to ${branch}. Nothing of it reaches a cluster before it comes to ${main}.`;
  }
  const { effects, turned, base, head } = subject;
  return [
    HEADING,
    ...highlightsOf(effects),
    ...(turned.length > 0 ? [turnedLines(turned)] : []),
    `### When it is merged\n\n${atTime(effects, 'at-merge', turned)}`,
    `### At the next promotion\n\n${atTime(effects, 'next-promotion', [])}`,
    ...rarely(effects, 'suspended', '### Once it is resumed'),
    ...rarely(effects, 'unknown', '### At a time that cannot be told'),
    ...notRendered(effects),
    `_From ${base.slice(0, 7)} to ${head.slice(0, 7)}; brought up to date with every push._`,
  ].join('\n\n');
}

function atTime(effects: readonly Effect[], time: When, turned: readonly TurnedSource[]): string {
  const text = promotionEffects(
    effects.filter(({ when }) => when === time),
    ROOM.time,
  );
  const isSilent =
    turned.length > 0 && effects.every(({ when, objects }) => when !== time || objects.length === 0);
  return isSilent ? 'What the turned source brings, as said above.' : text;
}

/** Times that seldom are stand there only when something happens at them. */
function rarely(effects: readonly Effect[], time: When, heading: string): readonly string[] {
  const own = effects.filter(({ when, objects }) => when === time && objects.length > 0);
  return own.length === 0 ? [] : [`${heading}\n\n${promotionEffects(own, ROOM.rare)}`];
}

const times: Readonly<Record<When, string>> = {
  'at-merge': 'when it is merged',
  'next-promotion': 'at the next promotion',
  suspended: 'once it is resumed',
  unknown: 'when cannot be told',
};

const mostHighlights = 12;
const mostTurned = 5;

function highlightsOf(effects: readonly Effect[]): readonly string[] {
  const all = highlightWords(summarise(effects).highlights, (places) =>
    placesText(places, 6, (when) => times[when]),
  );
  if (all.length === 0) return [];
  const lines = all
    .slice(0, mostHighlights)
    .map(
      ({ objects, verb, where }) => `- ⚠️ **${escapeMarkdown(objects)}** ${verb}: ${escapeMarkdown(where)}.`,
    );
  const more = all.length - lines.length;
  return [[...lines, ...(more > 0 ? [`- and ${more} more that stand out`] : [])].join('\n')];
}

function turnedLines(turned: readonly TurnedSource[]): string {
  const more = turned.length - mostTurned;
  const lines = turned.slice(0, mostTurned).map(turnedText);
  return [...lines, ...(more > 0 ? [`- and ${more} more sources that are turned`] : [])].join('\n');
}

function turnedText({ before, after, management, kustomizations }: TurnedSource): string {
  const names = kustomizations.map(({ namespace, name }) => clip(`${namespace}/${name}`, 100));
  const clusters = [...new Set(kustomizations.map(({ cluster }) => clusterText(cluster, management)))];
  return `- ⚠️ **${escapeMarkdown(clip(`${after.namespace}/${after.name}`, 150))}** is turned from ${refText(before)} to ${refText(after)}. What follows it, ${escapeMarkdown(someOf(names, 8))} on ${escapeMarkdown(someOf(clusters, 6))}, gets all that lies between the two; that is not in these files, and not listed here.`;
}

function refText({ ref }: Source): string {
  switch (ref.kind) {
    case 'tag':
      return codeMarkdown(clip(ref.tag, 100));
    case 'branch':
      return codeMarkdown(clip(ref.branch, 100));
    case 'other':
      return codeMarkdown(clip(ref.text, 100));
  }
}

function notRendered(effects: readonly Effect[]): readonly string[] {
  const text = promotionNotRendered(effects, ROOM.notRendered);
  return text === ''
    ? []
    : [`### Not rendered\n\nWhat these do is not known; it may be anything.\n\n${text}`];
}
