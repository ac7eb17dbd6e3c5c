import type { Button } from '@slack/types';
import { plain } from '../slack-text.ts';
import { type ChangeButton, changeBackAction, encodeChangeButton } from './action-ids.ts';

/** Undoes a promotion with one tap, for who is on call. */
export function backButton(about: ChangeButton): Button {
  return {
    type: 'button',
    action_id: changeBackAction,
    text: plain('Back to what ran before', 75),
    value: encodeChangeButton(about),
    confirm: {
      title: plain('Back to what ran before?', 100),
      text: plain(
        'This brings back the last version that ran without failure, wherever this change was merged. Only who is on call may. Asking counts as your approval; windows and freezes do not hold it up, unless the policy says so.',
        300,
      ),
      confirm: plain('Bring it back', 30),
      deny: plain('Not now', 30),
      style: 'danger',
    },
  };
}
