import { type FormEvent, useState } from 'react';

import { useAction } from '../lib/use-action.ts';
import type { FullPull } from './github-types.ts';
import { useGitHub } from './use-github.ts';

const KINDS = {
  comment: 'Comment',
  COMMENT: 'Review: comment',
  APPROVE: 'Review: approve',
  REQUEST_CHANGES: 'Review: ask for changes',
} as const;
type Kind = keyof typeof KINDS;

/** A comment or a review, as the person at the page. */
export function ReplyForm({ pull }: { pull: FullPull }) {
  const { login, send } = useGitHub();
  const { busy, error, run } = useAction();
  const [kind, setKind] = useState<Kind>('comment');
  const [text, setText] = useState('');
  if (!login) return null;
  async function submit(event: FormEvent) {
    event.preventDefault();
    const done = await run(() =>
      kind === 'comment'
        ? send('POST', `/issues/${pull.number}/comments`, { body: text })
        : send('POST', `/pulls/${pull.number}/reviews`, {
            event: kind,
            body: text,
            commit_id: pull.head.sha,
          }),
    );
    if (!done) return;
    setText('');
    setKind('comment');
  }
  return (
    <form className="card reply" onSubmit={(event) => void submit(event)} aria-label="Reply">
      <textarea
        id="reply"
        rows={3}
        aria-label="Your words"
        placeholder={`Write as ${login} …`}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="line">
        <select
          id="reply-kind"
          aria-label="Kind of reply"
          value={kind}
          onChange={(event) => setKind(event.target.value as Kind)}
        >
          {Object.entries(KINDS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <button type="submit" id="reply-send" disabled={busy || (text.trim() === '' && kind !== 'APPROVE')}>
          Send
        </button>
      </div>
      {error && (
        <p className="problem" role="alert">
          {error}
        </p>
      )}
    </form>
  );
}
