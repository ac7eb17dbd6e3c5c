import { type FormEvent, useState } from 'react';

import { useAction } from '../lib/use-action.ts';
import { useGitHub } from './use-github.ts';

/** A release by hand, as whoever does without the bot makes it. */
export function NewRelease() {
  const { login, send } = useGitHub();
  const { busy, error, run } = useAction();
  const [tag, setTag] = useState('');
  const [notes, setNotes] = useState('');
  if (!login) return null;
  async function make(draft: boolean) {
    const body = { tag_name: tag.trim(), name: tag.trim(), body: notes, draft };
    if (!(await run(() => send('POST', '/releases', body)))) return;
    setTag('');
    setNotes('');
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void make(false);
  };
  const isEmpty = tag.trim() === '';
  return (
    <details className="card new-release" id="new-release">
      <summary>Draft a new release</summary>
      <form className="reply" onSubmit={submit} aria-label="New release">
        <input
          id="release-tag"
          aria-label="Tag"
          placeholder="Tag, such as v1.2.3; made on the default branch if there is none"
          value={tag}
          onChange={(event) => setTag(event.target.value)}
        />
        <textarea
          id="release-notes"
          rows={4}
          aria-label="Notes"
          placeholder="Notes, in Markdown"
          value={notes}
          onChange={(event) => setNotes(event.target.value)}
        />
        <div className="line">
          <button type="submit" id="release-publish" className="primary" disabled={busy || isEmpty}>
            Publish release
          </button>
          <button type="button" id="release-draft" disabled={busy || isEmpty} onClick={() => void make(true)}>
            Save draft
          </button>
        </div>
        {error && (
          <p className="problem" role="alert">
            {error}
          </p>
        )}
      </form>
    </details>
  );
}
