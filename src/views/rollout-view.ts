import type { KnownBlock, ModalView } from '@slack/types';
import { noteView } from './note-view.ts';
import type { SlackMessage } from './request-message.ts';
import { plain } from './slack-text.ts';

const title = 'Rollout';

/** What stands while clusters are asked. */
export function rolloutWaiting(): ModalView {
  return noteView(title, 'One moment: asking the management clusters…');
}

/** A message's blocks in a form that only shows them. */
export function rolloutView({ blocks }: SlackMessage): ModalView {
  const shown: KnownBlock[] = [...blocks];
  return { type: 'modal', title: plain(title), close: plain('Close'), notify_on_close: false, blocks: shown };
}

export type RolloutRefusal =
  | 'not-a-member'
  | 'not-allowed'
  | 'policy-invalid'
  | 'unknown-cluster'
  | 'stray'
  | 'away'
  | 'unreadable'
  | 'no-right'
  | 'gone';

const reasons: Readonly<Record<RolloutRefusal, string>> = {
  'not-a-member': 'Guests cannot see rollouts. Please ask a full member of your team.',
  'not-allowed':
    'Only those whom the policy names under changes.operators may have Flux try again. Please ask one of them.',
  'policy-invalid': 'The policy file .github/trunkline.yaml has mistakes. Please tell the platform team.',
  'unknown-cluster': 'The platform has no management cluster of that name any more.',
  stray: 'This button is not about a rollout of this platform. /trunkline rollout shows the latest.',
  away: 'Trunkline cannot take this just now. Nothing was done. Please try again in a minute.',
  unreadable: 'The clusters or GitHub cannot be read just now. Please try again in a minute.',
  'no-right':
    'Trunkline may not ask Flux to try again on this cluster: it has no right to patch there. The install guide says which it needs. Flux tries again by itself.',
  gone: 'It is no longer there, so there is nothing to try again.',
};

export function rolloutRefused(why: RolloutRefusal): ModalView {
  return noteView(title, reasons[why]);
}

/** That Flux was asked to try again. */
export function triedAgain(id: string): ModalView {
  return noteView(
    title,
    `✅ Flux was asked to try ${id} again now. The rollout's message shows what comes of it.`,
  );
}
