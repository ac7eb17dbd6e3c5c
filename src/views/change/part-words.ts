import type { Turn } from '../../domain/change/record.ts';
import type { ChangeSheet, PartSheet, PartState } from '../../domain/change/sheet.ts';
import { cleanLine } from '../../domain/form/clean-text.ts';
import { clip } from '../clip.ts';
import { someOf } from '../listing.ts';
import { clusterText } from '../release/when-words.ts';
import { placeName } from './approval-words.ts';
import { gateWords } from './gate-words.ts';
import type { Sentence } from './sentence.ts';

/** A part's state with a link to its pull request, and the first gate that waits. */
export function partWords(part: PartSheet): Sentence {
  const { pull, state, gates, place } = part;
  const [first] = gates;
  const mark = state === 'open' && first === undefined ? '🟢 ' : stateMarks[state];
  const lead: Sentence = place === undefined ? [mark] : [mark, { kind: 'bold', text: placeName(part) }, ' '];
  const link: Sentence =
    pull === undefined ? [] : [{ kind: 'link', url: pull.url, text: `#${pull.number}` }, ' '];
  const waits = (state === 'open' || state === 'to-come') && first !== undefined;
  const more = gates.length > 1 ? [` (and ${gates.length - 1} more)`] : [];
  return [
    ...lead,
    ...link,
    ...(waits ? [`${stateTexts[state]}. `, ...gateWords(first), ...more] : [stateText(part)]),
  ];
}

const stateMarks: Readonly<Record<PartState, string>> = {
  'to-come': '⏳ ',
  open: '🟡 ',
  merging: '⏳ ',
  merged: '✅ ',
  'merged-unapproved': '🚨 ',
  closed: '⚪ ',
};

const stateTexts: Readonly<Record<PartState, string>> = {
  'to-come': 'to come',
  open: 'open',
  merging: 'merging',
  merged: 'merged',
  'merged-unapproved': 'MERGED UNAPPROVED',
  closed: 'closed',
};

function stateText({ state, gates }: PartSheet): string {
  return state === 'open' && gates.length === 0 ? 'open; it merges now.' : `${stateTexts[state]}.`;
}

/** What is turned from which version to which; by place where they differ. */
export function turnTexts({ parts, tag }: Pick<ChangeSheet, 'parts' | 'tag'>): readonly string[] {
  const told = parts
    .filter(({ state }) => state !== 'closed')
    .flatMap((part) => (part.subject?.turns ?? []).map((turn) => ({ place: placeName(part), turn })));
  const ways = Map.groupBy(told, ({ turn }) => turnText(turn));
  if (ways.size === 0) return tag === undefined ? [] : [`to ${version(tag)}`];
  if (ways.size === 1) return [...ways.keys()];
  return [...ways].map(
    ([way, all]) =>
      `${someOf(
        all.map(({ place }) => place),
        6,
      )}: ${way}`,
  );
}

/** The clusters that a change reaches. */
export function clustersText({ parts }: Pick<ChangeSheet, 'parts'>): string {
  const all = parts.filter(({ state }) => state !== 'closed').flatMap(({ risk }) => risk?.clusters ?? []);
  return someOf([...new Set(all.map(({ cluster, management }) => clusterText(cluster, management)))], 8);
}

function turnText({ from, to }: Turn): string {
  return `${version(from)} → ${version(to)}`;
}

/** `v0.0.2` of `tag v0.0.2`; a branch is called one. */
export function version(ref: string): string {
  return clip(cleanLine(ref).replace(/^tag /, ''), 100);
}
