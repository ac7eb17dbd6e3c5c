import type { ModalView } from '@slack/types';
import type { PolicyProblem } from '../../domain/policy/problems.ts';
import { failureText } from '../failure-text.ts';
import { listing } from '../listing.ts';
import { noteView, policyText } from '../note-view.ts';

/** Why what was wanted of a standing request is not done. */
export type StandingRefusal =
  | 'not-a-request'
  | 'ended'
  | 'moved'
  | 'by-hand'
  | 'nothing-new'
  | 'may-not-change'
  | 'may-not-withdraw'
  | 'github-away';

const texts: Readonly<Record<StandingRefusal, string>> = {
  'not-a-request': 'This pull request is no request that Trunkline opened, so it cannot be changed here.',
  ended: 'This request has ended: its pull request is merged or closed.',
  moved:
    'Somebody pushed to the branch of this request in the meantime. Nothing was written, so nothing of theirs is lost. Press Change again: the form then shows what stands now.',
  'by-hand':
    'Files that this would change were edited by hand on the branch. Nothing was written, so nothing of that is lost. Please make the change there',
  'nothing-new': 'This is what the request asks for already. Nothing was written.',
  'may-not-change': 'Only who asked for it, and whoever may ask for tenants, can change a request.',
  'may-not-withdraw': 'Only who asked for it, and the platform team, can withdraw a request.',
  'github-away': 'GitHub does not answer just now. Nothing was written. Please try again in a minute.',
};

/** @param paths the files that it is about. */
export function standingRefusalText(code: StandingRefusal, paths: readonly string[] = []): string {
  if (code !== 'by-hand') return texts[code];
  const [first, ...more] = paths;
  const others = more.length > 1 ? [`${more.length} others`] : more;
  return first === undefined ? `${texts[code]}.` : `${texts[code]}: ${listing([first, ...others])}.`;
}

const title = 'Request';

/** What stands while something is looked at. */
export function standingWaiting(): ModalView {
  return noteView(title, '⏳ One moment…');
}

export function standingRefused(code: StandingRefusal): ModalView {
  return noteView(title, `⚪ ${standingRefusalText(code)}`);
}

/** @param code a stable reason, such as that of a permanent failure. */
export function standingFailed(code: string): ModalView {
  return noteView(title, `🔴 That did not work. ${failureText(code)}`);
}

export function standingPolicyBroken(problems: readonly PolicyProblem[]): ModalView {
  return noteView(title, policyText(problems, 'no request can be changed'));
}

/** What stands where nobody could be asked. */
export function standingAway(): ModalView {
  return noteView(
    title,
    'Trunkline cannot take this just now. Nothing was changed. Please try again in a minute.',
  );
}

/** What stands where a button is not about anything here. */
export function standingStray(): ModalView {
  return noteView(title, 'This button is not about a request of this platform.');
}

/** What stands after a change was sent. It promises nothing that is not durable yet. */
export function changeTaken(number: number): ModalView {
  const text = `⏳ Changing #${number}. The thread of the request shows how it goes; if it cannot be done, you are told directly.`;
  return noteView(title, text, { clear_on_close: true });
}

/** What stands after a request was withdrawn. */
export function withdrawnView(number: number): ModalView {
  return noteView(title, `✅ Request #${number} is withdrawn. Nothing has changed on the platform.`);
}

/** What stands while a system keeps the withdrawal waiting. */
export function withdrawalWaits(number: number): ModalView {
  return noteView(
    title,
    `⏳ GitHub does not answer just now. #${number} is withdrawn as soon as it does; its message shows when.`,
  );
}
