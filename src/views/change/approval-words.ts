import type { ChangeSheet, PartSheet } from '../../domain/change/sheet.ts';
import type { Tally } from '../../domain/change/tally.ts';
import { cleanLine } from '../../domain/form/clean-text.ts';
import { clip } from '../clip.ts';
import { count } from './gate-words.ts';
import { type Bit, people, type Sentence, who } from './sentence.ts';

/** Where approvals stand: one sentence for all parts where they agree, else one for each, named by its place. */
export function approvalLines({ parts }: Pick<ChangeSheet, 'parts'>): readonly Sentence[] {
  const open = parts.filter(isOpen);
  const told = open.flatMap((part) =>
    part.tally === undefined ? [] : [{ place: placeName(part), tally: part.tally }],
  );
  const [first] = told;
  if (first === undefined) return [];
  const same = told.every(({ tally }) => JSON.stringify(tally) === JSON.stringify(first.tally));
  if (same) return [tallyWords(first.tally)];
  const lines = told.slice(0, 6).map(({ place, tally }): Sentence => [`${place}: `, ...tallyWords(tally)]);
  return told.length > 6 ? [...lines, [`and ${told.length - 6} more places`]] : lines;
}

/** `1 of 2 approvals (A). Still needed: 1, by <group>.` */
export function tallyWords(tally: Tally): Sentence {
  const { needed, given } = tally;
  const by: Sentence = given.length === 0 ? [] : [' (', ...people(given.map((each) => each.by)), ')'];
  const head: Sentence = [
    { kind: 'bold', text: `${Math.min(given.length, needed)} of ${count(needed, 'approval')}` },
    ...by,
    '.',
  ];
  return [...head, ...(tally.isEnough ? [] : stillNeeded(tally)), ...voidWords(tally)];
}

export function isOpen({ state }: Pick<PartSheet, 'state'>): boolean {
  return state === 'open' || state === 'to-come' || state === 'merging';
}

export function placeName({ place, pull }: Pick<PartSheet, 'place' | 'pull'>): string {
  if (place !== undefined) return clip(cleanLine(place), 100);
  return pull === undefined ? 'The pull request' : `#${pull.number}`;
}

function stillNeeded(tally: Tally): Sentence {
  const open = Math.max(0, tally.needed - tally.given.length);
  const each = tally.missing.length === 0 ? '' : `, one each of ${tally.missing.map(short).join(', ')}`;
  const from = approvers(tally);
  const many = open === 0 ? `one of ${tally.missing.map(short).join(', ') || 'the approvers'}` : `${open}`;
  return [
    ` Still needed: ${many}${open === 0 ? '' : each}`,
    ...(from.length === 0 ? [] : [', by ', ...from]),
    '.',
    ...tooFew(tally),
  ];
}

/** Slack groups are called by their id; where a rule has none, its GitHub teams, else people that are known. */
function approvers({ groups, missing, candidates }: Tally): Sentence {
  const asked = missing.length === 0 ? groups : groups.filter(({ name }) => missing.includes(name));
  const called: readonly Bit[] = asked.flatMap(({ usergroups, teams }): readonly Bit[] => [
    ...usergroups.map((id) => ({ kind: 'usergroup', id }) as const),
    ...teams.map((team) => `GitHub team ${short(team)}`),
  ]);
  if (called.length === 0) return people(candidates, 5);
  return called.slice(0, 6).flatMap((bit, index) => [...(index === 0 ? [] : [' or ']), bit]);
}

/** A change that cannot be approved at all is said at opening, not found out at night. */
function tooFew({ needed, given, eligible }: Tally): Sentence {
  const possible = given.length + eligible;
  if (possible >= needed) return [];
  return [
    ` ⚠️ Only ${possible} of ${needed} needed can be given: too few people may approve this. Ask the platform team to add approvers.`,
  ];
}

function voidWords({ void: gone }: Tally): Sentence {
  if (gone.length === 0) return [];
  const shown = gone.slice(0, 4);
  const more = gone.length - shown.length;
  return [
    ' Does not count any more: ',
    ...shown.flatMap(
      ({ by, why }, index): Sentence => [...(index === 0 ? [] : ['; ']), who(by), ` (${voidTexts[why]})`],
    ),
    more > 0 ? `; and ${more} more.` : '.',
  ];
}

const voidTexts: Readonly<Record<Tally['void'][number]['why'], string>> = {
  'not-a-member': 'not an active member any more',
  'no-identity': 'no GitHub account known',
  'ambiguous-identity': 'account is ambiguous',
  'not-approver': 'not an approver any more',
  'members-unreadable': 'membership cannot be read just now',
  requester: 'asked for the change',
  pusher: 'pushed the head',
  'pusher-unknown': 'who pushed is unknown',
  author: 'wrote something in it',
  'authors-unknown': 'authors are unknown',
  'requester-unknown': 'who asked is unknown',
  'no-approvers': 'the policy names no approvers',
  outdated: 'given for something else',
  'taken-back': 'taken back',
  ended: 'the change has ended',
  'ledger-damaged': 'the ledger is damaged',
  'nothing-open': 'nothing was open',
};

function short(name: string): string {
  return clip(cleanLine(name), 75);
}
