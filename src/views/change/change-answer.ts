import type { ModalView } from '@slack/types';
import { cleanLine } from '../../domain/form/clean-text.ts';
import { clip } from '../clip.ts';
import { failureText } from '../failure-text.ts';
import { noteView } from '../note-view.ts';
import { type ChangeRefusal, type RefusalData, refusalWords } from './refusal-words.ts';

const title = 'Change';

/** What was done, for whoever did it. Nothing here is said before it stands on the ledger. */
export type ChangeDone =
  | 'approved'
  | 'rejected'
  | 'taken-back'
  | 'held'
  | 'hold-lifted'
  | 'externally-numbered'
  | 'go'
  | 'override-asked'
  | 'override-confirmed'
  | 'withdrawn'
  | 'frozen'
  | 'unfrozen'
  | 'promoting';

const doneTexts: Readonly<Record<ChangeDone, string>> = {
  approved:
    'Your approval is recorded. It merges once enough people have approved and nothing else holds it up.',
  rejected: 'Your rejection is recorded. Nothing more of this change merges until you take it back.',
  'taken-back': 'What you had said is taken back.',
  held: 'This change is held. It merges only after the hold is lifted.',
  'hold-lifted': 'The hold is lifted.',
  'externally-numbered': 'The number is recorded.',
  go: 'Your Go is recorded. It merges as soon as all holds.',
  'override-asked': 'Your emergency override is recorded. It works once a second person has confirmed it.',
  'override-confirmed': 'The emergency override is confirmed.',
  withdrawn: 'The change is withdrawn. What was not merged stays as it is.',
  frozen: 'Production is frozen. Approving stays possible; nothing merges.',
  unfrozen: 'The freeze is lifted.',
  promoting: 'The change is opened. Its message in the changes channel shows how it goes.',
};

/** What was done, in a sentence or two without markup. */
export function doneText(done: ChangeDone): string {
  return doneTexts[done];
}

/** What stands while something is looked at. */
export function changeWaiting(heading = title): ModalView {
  return noteView(cleanLine(heading) || title, '⏳ One moment…');
}

/** @param change its number, where there is one. */
export function changeDone(done: ChangeDone, change?: number): ModalView {
  return noteView(isFreeze(done) ? 'Freeze' : heading(change), `✅ ${doneTexts[done]}`, {
    clear_on_close: true,
  });
}

export function changeRefused(code: ChangeRefusal, data: RefusalData = {}): ModalView {
  return noteView(heading(data.change), `⚪ ${clip(refusalWords(code, data), 2900)}`);
}

/** @param code a stable reason, such as that of a permanent failure. */
export function changeFailed(code: string, change?: number): ModalView {
  return noteView(heading(change), `🔴 That did not work. ${failureText(code)}`);
}

function isFreeze(done: ChangeDone): boolean {
  return done === 'frozen' || done === 'unfrozen';
}

function heading(change: number | undefined): string {
  return change === undefined ? title : `Change ${change}`;
}
