import { type KeyboardEvent, useId, useState } from 'react';

import type { ClientOutcome } from '../../slack/client-types.ts';
import { changed } from '../lib/live.ts';
import { useWorld } from '../lib/world.tsx';
import { slack } from './client.ts';
import { useSlack } from './slack-context.tsx';

interface Props {
  readonly channel: string;
  readonly threadTs?: string;
  readonly label: string;
}

/** The line to write on. A slash command is completed with Tab; Enter sends, Shift and Enter begin a new line. */
export function Composer({ channel, threadTs, label }: Props) {
  const { as } = useSlack();
  const { commands } = useWorld();
  const listId = useId();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [notice, setNotice] = useState<{ text: string; bad: boolean }>();
  const [marked, setMarked] = useState(0);
  // Slack knows no commands in threads.
  const offered =
    threadTs || !/^\/\S*$/.test(text) ? [] : commands.filter(({ name }) => name.startsWith(text));
  const option = offered[Math.min(marked, offered.length - 1)];

  async function send() {
    const line = text.trim();
    if (line === '' || busy) return;
    setBusy(true);
    try {
      const outcome = await deliver(line);
      const bad = outcome.outcome !== 'ok';
      setNotice(outcome.message ? { text: outcome.message, bad } : undefined);
      if (!bad) setText('');
    } catch (error) {
      setNotice({ text: String((error as Error).message), bad: true });
    } finally {
      setBusy(false);
      changed('slack');
      changed('views');
    }
  }

  function deliver(line: string): Promise<ClientOutcome> {
    const [, command, rest = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(line) ?? [];
    if (command && !threadTs) return slack.command({ as, channel, command, text: rest });
    return slack.message({ as, channel, text: line, ...(threadTs ? { thread_ts: threadTs } : {}) });
  }

  function onKey(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (option && option.name !== text && event.key === 'Tab' && !event.shiftKey) {
      event.preventDefault();
      setText(`${option.name} `);
    } else if (offered.length > 1 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setMarked((marked + (event.key === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (option && option.name !== text) setText(`${option.name} `);
      else void send();
    }
  }

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {notice && (
        <p className={notice.bad ? 'problem' : 'told'} role="status">
          {notice.text}
        </p>
      )}
      {offered.length > 0 && (
        <div className="menu commands" id={listId} role="listbox" aria-label="Commands">
          {offered.map(({ name, hint }) => (
            <button
              key={name}
              id={`${listId}-${name}`}
              type="button"
              role="option"
              tabIndex={-1}
              aria-selected={name === option?.name}
              onClick={(event) => {
                setText(`${name} `);
                event.currentTarget.closest('form')?.querySelector('textarea')?.focus();
              }}
            >
              <strong>{name}</strong> <span className="muted">{hint}</span>
            </button>
          ))}
        </div>
      )}
      <div className="line">
        <textarea
          id={threadTs ? `composer-${threadTs}` : 'composer'}
          rows={Math.min(6, text.split('\n').length)}
          role="combobox"
          aria-label={label}
          aria-expanded={offered.length > 0}
          aria-controls={listId}
          aria-activedescendant={option ? `${listId}-${option.name}` : undefined}
          placeholder={label}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setMarked(0);
          }}
          onKeyDown={onKey}
        />
        <button
          type="submit"
          className="primary send"
          aria-label="Send"
          disabled={busy || text.trim() === ''}
        >
          ➤
        </button>
      </div>
    </form>
  );
}
