import type { RichTextSection } from '@slack/types';
import type { When } from '../../domain/delivery.ts';
import type { EffectsSummary } from '../../domain/effects/summarise.ts';
import { clip } from '../clip.ts';
import { listing, someOf } from '../listing.ts';
import { escapeMarkdown } from '../markdown-text.ts';
import { line, words } from '../rich-text.ts';
import { highlightWords } from './highlight-words.ts';
import { notRenderedWords } from './not-rendered-words.ts';
import { clusterText, placesText } from './when-words.ts';

/** One line of "What it will do": whom it is about, where that can be said, and what happens. */
export interface EffectLine {
  readonly lead: string | undefined;
  /** What stands between the two. */
  readonly joint: ': ' | ' ';
  readonly text: string;
}

type Cluster = EffectsSummary['clusters'][number];

const mostLines = 60;
const unknownText = 'What it changes on the clusters could not be worked out.';

/** What a release will do and what it has done already, line by line: what stands out first. */
export function effectLines(effects: EffectsSummary | undefined, most = mostLines): readonly EffectLine[] {
  if (effects === undefined) return [plainLine(unknownText)];
  const highlights = highlightWords(effects.highlights).map(({ objects, verb, where }) => ({
    lead: objects,
    joint: ' ' as const,
    text: `${verb}: ${where}.`,
  }));
  const nothing = nothingText(effects);
  return [
    ...limited(highlights, most),
    ...(nothing === undefined ? [] : [plainLine(nothing)]),
    ...limited(inOrder(effects.clusters).map(clusterLine), most),
    ...limited(effects.tenants.map(tenantLine), most),
    ...notRenderedLines(effects),
  ];
}

/** The same in one line, for the announcement. */
export function effectSentence(effects: EffectsSummary | undefined): string {
  if (effects === undefined) return unknownText;
  const at = (time: When) => effects.clusters.filter(({ when }) => when === time);
  const promoted = namesOf(at('next-promotion').filter((each) => !isHidden(each)));
  const perhaps = namesOf(at('next-promotion').filter(isHidden));
  const [live, suspended, unknown] = [
    namesOf(at('at-merge')),
    namesOf(at('suspended')),
    namesOf(at('unknown')),
  ];
  const tenants = effects.tenants.map(({ name }) => clip(name, 100));
  return [
    ...highlightSentence(effects),
    ...(promoted ? [`Changes ${promoted} when it is promoted.`] : []),
    ...(perhaps ? [`May change ${perhaps} when it is promoted.`] : []),
    ...[nothingText(effects)].filter((text) => text !== undefined),
    ...(live ? [`Live already: ${live}.`] : []),
    ...(suspended ? [`Suspended now, so unchanged until resumed: ${suspended}.`] : []),
    ...(unknown ? [`When it changes cannot be told: ${unknown}.`] : []),
    ...(tenants.length > 0 ? [`${tenants.length === 1 ? 'Tenant' : 'Tenants'}: ${someOf(tenants, 8)}.`] : []),
    ...(effects.notRendered.length > 0 ? [`${paths(effects)} could not be read for this.`] : []),
  ].join(' ');
}

export function effectBullets(
  effects: EffectsSummary | undefined,
  most = mostLines,
): readonly RichTextSection[] {
  return effectLines(effects, most).map(({ lead, joint, text }) =>
    lead === undefined ? line(words(text)) : line(words(lead, { bold: true }), words(`${joint}${text}`)),
  );
}

export function effectMarkdown(effects: EffectsSummary | undefined, most = mostLines): string {
  return effectLines(effects, most)
    .map(({ lead, joint, text }) =>
      lead === undefined
        ? `- ${escapeMarkdown(text)}`
        : `- **${escapeMarkdown(lead)}**${joint}${escapeMarkdown(text)}`,
    )
    .join('\n');
}

/** That production runs an older version than the release before, so that a promotion brings more than the notes say. */
export function behindText({ runs, previous }: { readonly runs: string; readonly previous: string }): string {
  return `Production runs ${clip(runs, 100)}, older than ${clip(previous, 100)}: a promotion brings what lies between them too.`;
}

function namesOf(clusters: readonly Cluster[]): string {
  return someOf([...new Set(clusters.map(({ cluster, management }) => clusterText(cluster, management)))], 8);
}

/** Whether nothing is known of what changes but that something may. */
function isHidden({ added, changed, deleted, moved, notRendered }: Cluster): boolean {
  return notRendered > 0 && added + changed + deleted + moved === 0;
}

function plainLine(text: string): EffectLine {
  return { lead: undefined, joint: ': ', text };
}

function limited(lines: readonly EffectLine[], most: number): readonly EffectLine[] {
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), plainLine(`and ${more} more`)] : lines;
}

/** What is not known is no reassurance. */
function nothingText({
  changesProduction,
  clusters,
  highlights,
  notRendered,
  hasUnknownTimes,
}: EffectsSummary): string | undefined {
  if (changesProduction) return undefined;
  if (clusters.some(runsIt)) return 'Production runs it already.';
  if (notRendered.length > 0 || hasUnknownTimes)
    return 'As far as could be read, nothing changes in production.';
  const isNothing = clusters.length === 0 && highlights.length === 0;
  return isNothing
    ? 'Nothing changes on any cluster. Nothing changes in production.'
    : 'Nothing changes in production.';
}

/** A tag is turned by a promotion only: where it is live, it was promoted. */
function runsIt({ when, follows }: Cluster): boolean {
  return when === 'at-merge' && follows?.kind === 'tag';
}

const order: readonly When[] = ['next-promotion', 'at-merge', 'suspended', 'unknown'];

function inOrder(clusters: readonly Cluster[]): readonly Cluster[] {
  return order.flatMap((when) => clusters.filter((each) => each.when === when));
}

function clusterLine(each: Cluster): EffectLine {
  return {
    lead: clusterText(each.cluster, each.management),
    joint: ': ',
    text: `${whenSentence(each)}${amounts(each)}.`,
  };
}

function whenSentence(each: Cluster): string {
  const { when, follows, kustomizations } = each;
  switch (when) {
    case 'next-promotion':
      return `${isHidden(each) ? 'may change' : 'changes'} when this release is promoted${followsText(follows)}`;
    case 'at-merge':
      if (follows?.kind === 'branch') return `live already, since its merge to ${clip(follows.branch, 100)}`;
      return follows?.kind === 'tag' ? `live already, for it runs ${clip(follows.tag, 100)}` : 'live already';
    case 'suspended':
      return `unchanged until ${someOf(
        kustomizations.map((name) => clip(name, 100)),
        3,
      )} or its source is resumed`;
    case 'unknown':
      return 'when it changes cannot be told, for its source is not declared in the repository';
  }
}

function followsText(follows: Cluster['follows']): string {
  if (follows === undefined) return '';
  if (follows.kind === 'tag') return ` (it runs ${clip(follows.tag, 100)} now)`;
  return ` (it follows ${clip(follows.kind === 'branch' ? follows.branch : follows.text, 100)} now)`;
}

function amounts({ added, changed, deleted, moved, notRendered }: Cluster): string {
  const parts = [
    [added, 'added'],
    [changed, 'changed'],
    [deleted, 'deleted'],
    [moved, 'moved'],
  ] as const;
  const said = parts.filter(([count]) => count > 0);
  const [first] = said;
  if (first === undefined) return notRendered > 0 ? '; what changes could not be told' : '';
  const noun = first[0] === 1 ? 'object' : 'objects';
  const counts = said.map(([count, verb], index) => `${count}${index === 0 ? ` ${noun}` : ''} ${verb}`);
  return `; ${listing(counts)}${notRendered > 0 ? ', as far as could be told' : ''}`;
}

function tenantLine({ name, clusters }: EffectsSummary['tenants'][number]): EffectLine {
  return {
    lead: `Tenant ${clip(name, 100)}`,
    joint: ': ',
    text: `${placesText(clusters) || 'on no cluster yet'}.`,
  };
}

function highlightSentence({ highlights }: EffectsSummary): readonly string[] {
  const [first, ...others] = highlightWords(highlights);
  if (first === undefined) return [];
  const further = others.reduce((sum, { count }) => sum + count, 0);
  const more =
    further > 0 ? `, and ${further} more ${further === 1 ? 'change stands' : 'changes stand'} out` : '';
  return [`⚠️ ${first.objects} ${first.verb}: ${first.where}${more}.`];
}

function paths(effects: EffectsSummary): string {
  const { size } = unreadPaths(effects);
  return size === 1 ? '1 path' : `${size} paths`;
}

/** Path -> why; several clusters may stumble over the same one. */
function unreadPaths({ notRendered }: EffectsSummary): ReadonlyMap<string, string> {
  return new Map(notRendered.map(({ path, why }) => [path, notRenderedWords[why]]));
}

function notRenderedLines(effects: EffectsSummary): readonly EffectLine[] {
  const unread = [...unreadPaths(effects)];
  if (unread.length === 0) return [];
  const some = unread.slice(0, 6).map(([path, why]) => `${clip(path, 150)} (${why})`);
  const more = unread.length - some.length;
  return [
    {
      lead: 'Could not be told',
      joint: ': ',
      text: `what changes in ${more > 0 ? `${some.join(', ')} and ${more} more` : listing(some)}.`,
    },
  ];
}
