import type { Gate } from '../../domain/change/gates.ts';
import type { Turn } from '../../domain/change/record.ts';
import type { ChangeSheet, PartSheet, PartState } from '../../domain/change/sheet.ts';
import { cleanLine } from '../../domain/form/clean-text.ts';
import { clip } from '../clip.ts';
import { someOf } from '../listing.ts';
import { clusterText } from '../release/when-words.ts';
import { placeName } from './approval-words.ts';
import { gateName, gateWords } from './gate-words.ts';
import type { Sentence } from './sentence.ts';

/** A part's state with a link to its pull request, and what it waits for: below what the sheet says of all parts. */
export function partWords(part: PartSheet): Sentence {
  const { state, gates } = part;
  const [first] = gates;
  if ((state !== 'open' && state !== 'to-come') || first === undefined)
    return [...partHead(part), `${stateText(part)}.`];
  if (!isToldOfAll(first)) {
    const more = gates.length > 1 ? [` (and ${gates.length - 1} more)`] : [];
    return [...partHead(part), `${stateTexts[state]}. `, ...gateWords(first), ...more];
  }
  return [...partHead(part), `${stateTexts[state]}, waits for ${someOf(gates.map(gateName), 4)}.`];
}

/** A part's state alone, where all that it waits for is listed below. */
export function partState(part: PartSheet): Sentence {
  return [...partHead(part), `${part.gates.length > 0 ? stateTexts[part.state] : stateText(part)}.`];
}

/** Who must decide, and what stops production as a whole, is said once for the change. */
function isToldOfAll(gate: Gate): boolean {
  switch (gate.kind) {
    case 'approvals':
    case 'rejected':
    case 'held':
    case 'frozen':
      return true;
    case 'window':
      return gate.opensAt !== undefined;
    default:
      return false;
  }
}

function partHead(part: PartSheet): Sentence {
  const { pull, state, gates, place } = part;
  const [first] = gates;
  const mark = state === 'open' && first === undefined ? '🟢 ' : stateMarks[state];
  const lead: Sentence = place === undefined ? [mark] : [mark, { kind: 'bold', text: placeName(part) }, ' '];
  const link: Sentence =
    pull === undefined ? [] : [{ kind: 'link', url: pull.url, text: `#${pull.number}` }, ' '];
  return [...lead, ...link];
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
  return state === 'open' && gates.length === 0 ? 'open; it merges now' : stateTexts[state];
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

/** The clusters that a change reaches: those where people's work runs first, then the management clusters. */
export function clustersText({ parts }: Pick<ChangeSheet, 'parts'>): string {
  const all = parts.filter(({ state }) => state !== 'closed').flatMap(({ risk }) => risk?.clusters ?? []);
  const own = all.flatMap(({ cluster }) => (cluster === undefined ? [] : [clusterText(cluster)]));
  const folders = new Set(all.flatMap((each) => (each.cluster === undefined ? [each.management] : [])));
  const management = folders.size === 0 ? [] : [`management: ${someOf(managementNames([...folders]), 4)}`];
  const workload = own.length === 0 ? [] : [someOf([...new Set(own)], 8)];
  return [...workload, ...management].join('; ');
}

/** `aws-v1-mgmt` of `providers/aws/v1/mgmt`, as places are called; the whole folder where two would be called alike. */
function managementNames(folders: readonly string[]): readonly string[] {
  const short = folders.map((folder) => cleanLine(folder.split('/').slice(-3).join('-')));
  const names = new Set(short).size === folders.length ? short : folders.map((folder) => cleanLine(folder));
  return names.map((each) => clip(each, 150));
}

function turnText({ from, to }: Turn): string {
  return `${version(from)} → ${version(to)}`;
}

/** `v0.0.2` of `tag v0.0.2`; a branch is called one. */
export function version(ref: string): string {
  return clip(cleanLine(ref).replace(/^tag /, ''), 100);
}
