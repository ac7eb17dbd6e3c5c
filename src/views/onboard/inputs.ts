import type { InputBlock, PlainTextOption } from '@slack/types';
import type { FormField } from '../../domain/form/values.ts';
import { clip } from '../clip.ts';
import { plain } from '../slack-text.ts';

/** The action id of every input but the size, whose choice changes the form. */
export const inputAction = 'value';

interface Common {
  readonly field: FormField | 'places' | `ports:${string}`;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly optional?: boolean;
}

function input({ field, label, hint, optional }: Common, element: InputBlock['element']): InputBlock {
  return {
    type: 'input',
    block_id: field,
    label: plain(label, 2000),
    ...(hint !== undefined && { hint: plain(hint, 2000) }),
    optional: optional ?? false,
    element,
  };
}

interface TextInput extends Common {
  readonly value: string;
  readonly limit: number;
  readonly example?: string | undefined;
  readonly multiline?: boolean;
}

/** A field for words; what does not fit into it is left out of what it shows. */
export function textInput(options: TextInput): InputBlock {
  const { value, limit, example, multiline = false } = options;
  return input(options, {
    type: 'plain_text_input',
    action_id: inputAction,
    multiline,
    max_length: limit,
    ...(value !== '' && { initial_value: clip(value, limit) }),
    ...(example !== undefined && { placeholder: plain(example, 150) }),
  });
}

export interface Choice {
  readonly value: string;
  readonly title?: string | undefined;
}

// https://docs.slack.dev/reference/block-kit/composition-objects/option-object
const longestValue = 150;
const mostOptions = 100;
const mostBoxes = 10;

function optionsOf(choices: readonly Choice[]): PlainTextOption[] {
  return choices
    .filter(({ value }) => value.length <= longestValue)
    .slice(0, mostOptions)
    .map(({ value, title }) => ({ text: plain(title ?? value, 75), value }));
}

interface OneOf extends Common {
  readonly choices: readonly Choice[];
  readonly value: string;
  /** Set where a choice is to be told at once. */
  readonly action?: string;
}

/** One choice of several. */
export function oneOf(options: OneOf): InputBlock {
  const all = optionsOf(options.choices);
  const initial = all.find(({ value }) => value === options.value);
  const block = input(options, {
    type: 'static_select',
    action_id: options.action ?? inputAction,
    options: all,
    ...(initial !== undefined && { initial_option: initial }),
  });
  return options.action === undefined ? block : { ...block, dispatch_action: true };
}

interface ManyOf extends Common {
  readonly choices: readonly Choice[];
  readonly values: readonly string[];
}

/** Any of several choices: boxes to tick, a menu where they are more than Slack has boxes for, words where none is known. */
export function manyOf(options: ManyOf): InputBlock {
  const all = optionsOf(options.choices);
  const initial = all.filter(({ value }) => value !== undefined && options.values.includes(value));
  if (all.length === 0) {
    return textInput({
      ...options,
      hint: 'Separate several with commas.',
      value: options.values.join(', '),
      limit: 200,
    });
  }
  const isFew = all.length <= mostBoxes;
  return input(options, {
    type: isFew ? 'checkboxes' : 'multi_static_select',
    action_id: inputAction,
    options: all,
    ...(initial.length > 0 && { initial_options: initial }),
  });
}
