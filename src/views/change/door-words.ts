import type { ModalView } from '@slack/types';
import { clip } from '../clip.ts';
import { noteView, whichRepositoryText } from '../note-view.ts';
import type { SlackMessage } from '../request-message.ts';
import { line, richText, words } from '../rich-text.ts';
import { fallback } from '../slack-text.ts';

/** What stands where nobody could be asked. */
export function changeAway(title: string): ModalView {
  return noteView(
    title,
    'Trunkline cannot take this just now. Nothing was recorded. Please try again in a minute.',
  );
}

/** The same in one line, for a form that stays open. */
export const awayText = 'Cannot be taken just now; nothing was recorded. Please send it again in a minute.';

/** At a field that says nothing. */
export const emptyText = 'Please fill this in.';

/** What stands where a button or form is not about anything here. */
export function changeStray(title: string): ModalView {
  return noteView(
    title,
    'This button is not about a change of this platform. Nothing was recorded. /trunkline changes lists what is open.',
  );
}

/** @param command such as `/trunkline changes`. */
export function whichPlatform(title: string, command: string, repos: readonly string[]): ModalView {
  return noteView(title, whichRepositoryText(command, repos));
}

/** What is wrong with a command as it was typed, and how it is typed right. */
export function commandMistake(wrong: string, usage: string, example: string): SlackMessage {
  const text = clip(`${wrong} Please type ${usage}, for example: ${example}`, 1_000);
  return { text: fallback(text), blocks: [richText(line(words(text)))] };
}
