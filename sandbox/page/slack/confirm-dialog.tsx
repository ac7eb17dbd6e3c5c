import { useEffect, useRef } from 'react';

import type { JsonObject } from '../../slack/client-types.ts';
import { label, object, text } from './json.ts';
import { Shown } from './mrkdwn.tsx';

/** "Are you sure?", in the app's words. */
export function ConfirmDialog({ confirm, onAnswer }: { confirm: JsonObject; onAnswer(yes: boolean): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const question = object(confirm['text']);
  return (
    <dialog
      ref={dialog}
      className="confirm"
      aria-label={label(confirm['title'])}
      onCancel={(event) => {
        event.preventDefault();
        onAnswer(false);
      }}
    >
      <h2>{label(confirm['title'])}</h2>
      {question && <Shown blocks={[{ type: 'section', text: question }]} />}
      <footer>
        <button type="button" data-answer="no" onClick={() => onAnswer(false)}>
          {label(confirm['deny']) || 'Cancel'}
        </button>
        <button
          type="button"
          className={text(confirm['style']) === 'danger' ? 'danger filled' : 'primary'}
          data-answer="yes"
          // biome-ignore lint/a11y/noAutofocus: the dialog has just been opened by this person
          autoFocus
          onClick={() => onAnswer(true)}
        >
          {label(confirm['confirm']) || 'OK'}
        </button>
      </footer>
    </dialog>
  );
}
