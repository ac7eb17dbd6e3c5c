import type { ModalView } from '@slack/types';
import { fieldsOf } from '../form-state.ts';
import { type ChangeButton, encodeChangeButton, rejectFormCallback } from './action-ids.ts';
import { form, textField } from './text-field.ts';

/** As the payload takes it. */
const longestReason = 1000;

/** Asks why; its metadata is the button's value (`decodeChangeButton`). */
export function rejectForm(button: ChangeButton): ModalView {
  return form({
    callback: rejectFormCallback,
    title: 'Reject a change',
    submit: 'Reject',
    metadata: encodeChangeButton(button),
    blocks: [
      textField({
        name: 'reason',
        label: `Why is change ${button.change} rejected?`,
        hint: 'Everybody who sees the change reads this, and it is recorded. Nothing more of the change merges until you take it back.',
        limit: longestReason,
        multiline: true,
      }),
    ],
  });
}

/** @param viewState `view.state` as Slack sends it. */
export function readRejectForm(viewState: unknown): { readonly reason: string } {
  return { reason: fieldsOf(viewState).get('reason')?.value?.trim() ?? '' };
}
