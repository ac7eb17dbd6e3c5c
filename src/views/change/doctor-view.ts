import type { ModalView } from '@slack/types';
import type { LedgerDamage } from '../../domain/change/record.ts';
import { cleanLine } from '../../domain/form/clean-text.ts';
import { clip } from '../clip.ts';
import { someOf } from '../listing.ts';
import { noteView } from '../note-view.ts';
import { bullets, line, richText, words } from '../rich-text.ts';
import { count } from './gate-words.ts';

/** What was found of the installation. */
export interface DoctorFindings {
  /** The rule that requires the check `change-approval` on the default branch. */
  readonly rule: 'pinned' | 'unpinned' | 'missing' | 'unknown';
  /** Undefined when the ledger could not be read. */
  readonly damage: readonly LedgerDamage[] | undefined;
  readonly approvers: readonly {
    /** Empty for all that no other rule names. */
    readonly environments: readonly string[];
    readonly needed: number;
    /** How many different people may approve; undefined when that could not be read. */
    readonly people?: number | undefined;
    readonly groups?: readonly { readonly name: string }[];
  }[];
  /** The channel that is asked; undefined when none is set. */
  readonly channel: string | undefined;
  /** Whether Trunkline can post there. */
  readonly reach: 'member' | 'not-a-member' | 'unknown-channel' | 'archived' | 'unknown';
}

const ruleTexts: Readonly<Record<DoctorFindings['rule'], string>> = {
  pinned: '✅ The default branch requires the check change-approval, and takes it from this App only.',
  unpinned:
    '🔴 The default branch requires the check change-approval, but takes it from anybody. Pin the rule to this App in the ruleset; the docs show how.',
  missing:
    '🔴 No rule requires the check change-approval on the default branch, so changes can merge unapproved. Add the ruleset; the docs show how.',
  unknown:
    '🟡 Whether a rule requires the check change-approval could not be read. The App needs to read the administration of the repository.',
};

const damageTexts: Readonly<Record<LedgerDamage['why'], string>> = {
  edited: 'was edited',
  deleted: 'was deleted',
  forged: 'bears a signature that does not fit',
  'unknown-key': 'was signed with a key that is not known',
  'broken-chain': 'does not follow the record before it',
  repeated: 'stands twice',
  unreadable: 'cannot be read',
  rewritten: 'rewrites history',
};

const mostDamage = 25;
const mostRules = 50;

/** How the installation stands, and what to mend: `/trunkline doctor`. */
export function doctorView({ rule, damage, approvers, channel, reach }: DoctorFindings): ModalView {
  const rules = approvers.slice(0, mostRules).map((rule) => approverText(rule, approvers.length === 1));
  const left = approvers.length - rules.length;
  const lines = [
    ruleTexts[rule],
    ...ledgerTexts(damage),
    ...(approvers.length === 0
      ? [
          '🔴 The policy names no approvers, so no change can be approved. Add some under `changes.approvers`.',
        ]
      : rules),
    ...(left > 0 ? [`and ${count(left, 'more rule')} about approvers`] : []),
    channelText(channel, reach),
  ];
  return noteView('Doctor', '', {
    blocks: [richText(bullets(lines.map((text) => line(words(text)))))],
  });
}

function ledgerTexts(damage: DoctorFindings['damage']): readonly string[] {
  if (damage === undefined)
    return ['🟡 The ledger could not be read, so nothing can be approved until it can.'];
  if (damage.length === 0) return ['✅ The ledger is whole: every signature and link holds.'];
  const more = damage.length - mostDamage;
  return [
    '🔴 The ledger is damaged, so nothing can be approved. The docs say how to mend it.',
    ...damage
      .slice(0, mostDamage)
      .map(({ why, where }) => `🔴 ${clip(cleanLine(where), 200)} ${damageTexts[why]}.`),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}

function approverText(
  { environments, needed, people, groups = [] }: DoctorFindings['approvers'][number],
  isOnly: boolean,
): string {
  const where = someOf(
    environments.map((each) => clip(cleanLine(each), 60)),
    6,
  );
  const subject = `Approvers for ${where || (isOnly ? 'all of production' : 'all other production')}`;
  if (people === undefined) {
    const from = someOf(
      groups.map(({ name }) => clip(cleanLine(name), 75)),
      6,
    );
    return `🟡 ${subject}: ${needed} needed${from === '' ? '' : `, from ${from}`}; how many people these are was not counted.`;
  }
  // Whoever asks for a change may not approve it, so exactly enough people are one too few at times.
  if (people < needed)
    return `🔴 ${subject}: ${needed} needed, but only ${count(people, 'person').replace('persons', 'people')} may approve.`;
  const who = people === 1 ? '1 person' : `${people} people`;
  return people === needed
    ? `🟡 ${subject}: ${needed} needed, ${who} may approve; too few when one of them asks for the change.`
    : `✅ ${subject}: ${needed} needed, ${who} may approve.`;
}

function channelText(channel: string | undefined, reach: DoctorFindings['reach']): string {
  if (channel === undefined)
    return '🔴 No channel for changes is set, so nobody is asked in Slack. Name one under `channels.changes`.';
  return reachTexts[reach](clip(cleanLine(channel), 100));
}

const reachTexts: Readonly<Record<DoctorFindings['reach'], (channel: string) => string>> = {
  member: (channel) => `✅ Changes are told in the channel ${channel}, and Trunkline is in it.`,
  'not-a-member': (channel) =>
    `🔴 Changes are to be told in the channel ${channel}, but Trunkline is not in it. Invite it there.`,
  'unknown-channel': (channel) =>
    `🔴 Changes are to be told in the channel ${channel}, which there is not, or which is private and Trunkline not in it. Invite it there, or correct \`channels.changes\`.`,
  archived: (channel) =>
    `🔴 Changes are to be told in the channel ${channel}, which is archived. Name another under \`channels.changes\`.`,
  unknown: (channel) =>
    `🟡 Changes are told in the channel ${channel}; whether Trunkline can post there could not be asked.`,
};
