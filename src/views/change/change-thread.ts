import type { Deed, Via } from '../../domain/change/record.ts';
import type { ChangeSheet } from '../../domain/change/sheet.ts';
import { cleanLine } from '../../domain/form/clean-text.ts';
import { clip } from '../clip.ts';
import { failureText } from '../failure-text.ts';
import type { SlackMessage } from '../request-message.ts';
import { line, richText } from '../rich-text.ts';
import { fallback } from '../slack-text.ts';
import { approvalLines, isOpen, placeName } from './approval-words.ts';
import { count, gateWords } from './gate-words.ts';
import { people, plainText, type Sentence, slackElements, typed, when, who } from './sentence.ts';

/** One line in the thread of a change for what was said or done about it. */
export function deedLine(deed: Deed): SlackMessage {
  return message(deedWords(deed));
}

/** Something about the change cannot be done, whatever is tried; it goes on once that is mended. */
export function troubleLine(code: string): SlackMessage {
  return message([`🔴 This change cannot go on. ${troubleTexts[code] ?? failureText(code)}`]);
}

const troubleTexts: Readonly<Record<string, string>> = {
  'branch-taken':
    "The branch that its pull request needs is somebody else's. Delete that branch, or withdraw the change and ask anew.",
  'place-gone': 'A place that it promotes to is no longer in the repository. Withdraw it and ask anew.',
  'tag-gone': 'The tag that it promotes is gone. Withdraw it, or restore the tag.',
  'turn-not-found': 'The source that production follows is not where it was. Withdraw it and ask anew.',
  'turn-ambiguous':
    'The source that production follows is declared more than once in its file. Mend that first.',
  'turn-already': 'The source names this version already. Withdraw it.',
  'turn-not-one-line':
    'The source cannot be turned by changing one line alone. Change it by hand in a pull request.',
  'turn-unsupported-ref':
    'The source follows neither a branch nor a tag. Change it by hand in a pull request.',
};

/** Asked again, since approvals became void: what has changed, each as a few words (`the head: abc1234 → def5678`). */
export function voidedLine(whatChanged: readonly string[]): SlackMessage {
  const shown = whatChanged.slice(0, 10).map((what) => clip(cleanLine(what), 200));
  const more = whatChanged.length - shown.length;
  const what = [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
  return message([
    `🔁 What would be merged has changed${what === '' ? '' : `: ${what}`}. Earlier approvals do not count any more. Please look again and approve anew.`,
  ]);
}

/** Brings a change up that has waited long. */
export function reminderLine(sheet: ChangeSheet): SlackMessage {
  const waits = sheet.parts
    .filter((part) => isOpen(part) && part.gates.length > 0)
    .slice(0, 5)
    .flatMap(
      (part): Sentence => [
        '\n',
        ...(part.place === undefined ? [] : [`${placeName(part)}: `]),
        ...(part.gates[0] === undefined ? [] : gateWords(part.gates[0])),
      ],
    );
  const approvals = approvalLines(sheet).flatMap((each): Sentence => ['\n', ...each]);
  return message([
    `⏰ Change ${sheet.number} still waits; it ends unmerged `,
    when(sheet.expiresAt),
    '.',
    ...waits,
    ...approvals,
  ]);
}

function message(sentence: Sentence): SlackMessage {
  return { text: fallback(plainText(sentence)), blocks: [richText(line(...slackElements(sentence)))] };
}

const viaTexts: Readonly<Record<Via, string>> = {
  slack: '',
  comment: ' by a comment on GitHub',
  review: ' by a review on GitHub',
};

function deedWords(deed: Deed): Sentence {
  switch (deed.kind) {
    case 'opened':
      return [
        ...(deed.what.kind === 'promotion' && deed.what.automatic
          ? ['Opened by itself; released by ']
          : ['Asked for by ']),
        who(deed.requester),
        '.',
      ];
    case 'approved':
      return ['👍 ', who(deed.by), ` approved${viaTexts[deed.via]}: ${subjectsText(deed.subjects)}.`];
    case 'rejected':
      return ['⛔ ', who(deed.by), ` rejected${viaTexts[deed.via]}: ${typed(deed.reason, 1000)}`];
    case 'taken-back':
      return ['↩️ ', who(deed.by), ` took back what they had said${viaTexts[deed.via]}.`];
    case 'held':
      return ['✋ ', who(deed.by), ` holds this change: ${typed(deed.reason, 1000)}`];
    case 'hold-lifted':
      return ['▶️ ', who(deed.by), ' lifted the hold.'];
    case 'externally-numbered':
      return [who(deed.by), ` gave the number ${typed(deed.externalNumber, 100)}.`];
    case 'go':
      return ['🟢 ', who(deed.by), ' gave the Go.'];
    case 'override-asked':
      return [
        '🚨 ',
        who(deed.by),
        ` asks for an emergency override: ${typed(deed.reason, 1000)} A second person must confirm it.`,
      ];
    case 'override-confirmed':
      return ['🚨 ', who(deed.by), ' confirmed the emergency override.'];
    case 'frozen':
      return [
        '🧊 ',
        who(deed.by),
        ' froze production',
        ...(deed.until === undefined ? [] : [' until ', when(deed.until)]),
        `: ${typed(deed.reason, 1000)}`,
      ];
    case 'unfrozen':
      return ['▶️ ', who(deed.by), ' lifted the freeze of production.'];
    case 'merged':
      return mergedWords(deed);
    case 'applied':
      return deed.outcome === 'applied'
        ? [`✅ #${deed.pull} is applied everywhere.`]
        : [`🔴 #${deed.pull} failed on a cluster. The rollout's message says where and why.`];
    case 'ended':
      return endedWords(deed);
  }
}

function mergedWords({ pull, past, approvedBy }: Extract<Deed, { kind: 'merged' }>): Sentence {
  if (past !== undefined)
    return [
      '🚨 ',
      { kind: 'bold', text: 'MERGED UNAPPROVED:' },
      ` #${pull} was merged past Trunkline by `,
      who({ slack: undefined, login: past }),
      '. Please find out why, and review it now.',
    ];
  return approvedBy.length === 0
    ? [`✅ #${pull} is merged.`]
    : [`✅ #${pull} is merged by approval of `, ...people(approvedBy), '.'];
}

function endedWords({ why, by, supersededBy }: Extract<Deed, { kind: 'ended' }>): Sentence {
  const whom: Sentence = by === undefined ? [] : [' by ', who(by)];
  switch (why) {
    case 'withdrawn':
      return ['⚪ Withdrawn', ...whom, '.'];
    case 'superseded':
      return [
        `⚪ Superseded by ${supersededBy === undefined ? 'a newer change' : `change ${supersededBy}`}.`,
      ];
    case 'expired':
      return ['⚪ Expired: it was not merged in time.'];
    case 'done':
      return ['✅ Done.'];
  }
}

function subjectsText(subjects: Extract<Deed, { kind: 'approved' }>['subjects']): string {
  const shown = subjects.slice(0, 10).map(({ pull, head }) => `#${pull} at ${head.slice(0, 7)}`);
  const more = subjects.length - shown.length;
  return [...shown, ...(more > 0 ? [count(more, 'more pull request')] : [])].join(', ') || 'nothing open';
}
