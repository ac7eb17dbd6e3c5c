import type { InputBlock, ModalView } from '@slack/types';
import { inputAction } from '../onboard/inputs.ts';
import { plain } from '../slack-text.ts';

interface TextField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly limit: number;
  readonly multiline?: boolean;
}

/** A field for words in a form about a change. */
export function textField({ name, label, hint, limit, multiline = false }: TextField): InputBlock {
  return {
    type: 'input',
    block_id: name,
    label: plain(label, 2000),
    ...(hint !== undefined && { hint: plain(hint, 2000) }),
    element: { type: 'plain_text_input', action_id: inputAction, multiline, max_length: limit },
  };
}

interface Form {
  readonly callback: string;
  readonly title: string;
  readonly submit: string;
  /** At most 3,000 characters. */
  readonly metadata: string;
  readonly blocks: ModalView['blocks'];
}

export function form({ callback, title, submit, metadata, blocks }: Form): ModalView {
  return {
    type: 'modal',
    callback_id: callback,
    title: plain(title, 24),
    submit: plain(submit, 24),
    close: plain('Cancel', 24),
    notify_on_close: false,
    private_metadata: metadata,
    blocks,
  };
}
