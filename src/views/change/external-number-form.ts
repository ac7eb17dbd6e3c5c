import type { ModalView } from '@slack/types';
import { clip } from '../clip.ts';
import { fieldsOf } from '../form-state.ts';
import { type ChangeButton, encodeChangeButton, externalNumberFormCallback } from './action-ids.ts';
import { form, textField } from './text-field.ts';

/** What the policy asks for. */
export interface ExternalNumberRule {
  readonly name: string;
  readonly pattern: string;
}

export const externalNumberField = 'externalNumber';
const longestNumber = 100;

/** Asks for the number of another system; its metadata is the button's value. */
export function externalNumberForm(button: ChangeButton, rule: ExternalNumberRule | undefined): ModalView {
  return form({
    callback: externalNumberFormCallback,
    title: `Change ${button.change}`,
    submit: 'Record',
    metadata: encodeChangeButton(button),
    blocks: [externalNumberInput(rule)],
  });
}

export function externalNumberInput(rule: ExternalNumberRule | undefined) {
  return textField({
    name: externalNumberField,
    label: rule === undefined ? 'Number of the change' : clip(rule.name, 40),
    ...(rule !== undefined && { hint: `It must match ${clip(rule.pattern, 200)}.` }),
    limit: longestNumber,
  });
}

/** @param viewState `view.state` as Slack sends it. */
export function readExternalNumberForm(viewState: unknown): { readonly externalNumber: string } {
  return { externalNumber: fieldsOf(viewState).get(externalNumberField)?.value?.trim() ?? '' };
}
