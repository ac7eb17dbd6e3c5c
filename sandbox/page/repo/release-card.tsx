import { useState } from 'react';

import { shortTime } from '../lib/time.ts';
import { useAction } from '../lib/use-action.ts';
import type { Release } from './github-types.ts';
import { Markdown } from './markdown.tsx';
import { useGitHub } from './use-github.ts';

/** A release, and what whoever may write does with it: edit its notes, publish its draft, delete it. */
export function ReleaseCard({ release }: { release: Release }) {
  const { login, send } = useGitHub();
  const { busy, error, run } = useAction();
  const [edited, setEdited] = useState<string>();
  const path = `/releases/${release.id}`;
  async function save() {
    if (await run(() => send('PATCH', path, { body: edited }))) setEdited(undefined);
  }
  const button = (name: string, text: string, use: () => unknown) => (
    <button type="button" data-do={name} disabled={busy} onClick={() => void use()}>
      {text}
    </button>
  );
  return (
    <section className="card" data-release={release.tag_name}>
      <h2>
        {release.name || release.tag_name} {release.draft && <span className="label">draft</span>}
        {release.prerelease && <span className="label">pre-release</span>}
      </h2>
      <p className="muted">
        {release.tag_name} by {release.author.login}
        {release.published_at && `, ${shortTime(new Date(release.published_at))}`}
      </p>
      {edited === undefined ? (
        release.body && <Markdown text={release.body} />
      ) : (
        <textarea
          rows={12}
          aria-label={`Notes of ${release.tag_name}`}
          value={edited}
          onChange={(event) => setEdited(event.target.value)}
        />
      )}
      {login && (
        <div className="line release-actions">
          {edited === undefined
            ? button('edit', 'Edit', () => setEdited(release.body ?? ''))
            : button('save', 'Save', save)}
          {release.draft &&
            button('publish', 'Publish', () => run(() => send('PATCH', path, { draft: false })))}
          {button('delete', 'Delete', () => run(() => send('DELETE', path, undefined)))}
        </div>
      )}
      {error && (
        <p className="problem" role="alert">
          {error}
        </p>
      )}
    </section>
  );
}
