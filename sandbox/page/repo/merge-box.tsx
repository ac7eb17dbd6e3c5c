import { useState } from 'react';

import { useAction } from '../lib/use-action.ts';
import { Checks } from './checks.tsx';
import type { FullPull } from './github-types.ts';
import { useGitHub } from './use-github.ts';

const METHODS = {
  squash: 'Squash and merge',
  merge: 'Create a merge commit',
  rebase: 'Rebase and merge',
} as const;
type Method = keyof typeof METHODS;

const STANDINGS: Readonly<Record<string, string>> = {
  clean: 'It can be merged.',
  unstable: 'It can be merged, though not every check has passed.',
  blocked: 'A rule of the branch is not met yet.',
  behind: 'Its branch is behind.',
  dirty: 'It has conflicts with the base branch.',
  draft: 'It is a draft.',
};

/** The checks, and merging, closing and opening again; GitHub's refusals in GitHub's words. */
export function MergeBox({ pull }: { pull: FullPull }) {
  const { login, send } = useGitHub();
  const { busy, error, run } = useAction();
  const [method, setMethod] = useState<Method>('squash');
  const path = `/pulls/${pull.number}`;
  const merge = () => send('PUT', `${path}/merge`, { merge_method: method, sha: pull.head.sha });
  if (pull.merged) {
    return (
      <section className="card merge-box" data-state="merged" aria-label="Merging">
        <Checks sha={pull.head.sha} />
        <p>
          Merged{pull.merged_by && ` by ${pull.merged_by.login}`}
          {pull.merge_commit_sha && (
            <>
              {' '}
              as <a href={`#/commit/${pull.merge_commit_sha}`}>{pull.merge_commit_sha.slice(0, 7)}</a>
            </>
          )}
          .
        </p>
      </section>
    );
  }
  const isOpen = pull.state === 'open';
  return (
    <section className="card merge-box" data-state={pull.mergeable_state} aria-label="Merging">
      <Checks sha={pull.head.sha} />
      <p>
        {isOpen
          ? (STANDINGS[pull.mergeable_state] ?? 'Whether it can be merged is not known yet.')
          : 'It is closed.'}
      </p>
      {login ? (
        <div className="line">
          {isOpen && (
            <>
              <select
                id="merge-method"
                aria-label="How to merge"
                value={method}
                onChange={(event) => setMethod(event.target.value as Method)}
              >
                {Object.entries(METHODS).map(([value, text]) => (
                  <option key={value} value={value}>
                    {text}
                  </option>
                ))}
              </select>
              <button
                type="button"
                id="merge"
                className="primary"
                disabled={busy}
                onClick={() => void run(merge)}
              >
                Merge
              </button>
            </>
          )}
          <button
            type="button"
            id={isOpen ? 'close-pull' : 'reopen-pull'}
            disabled={busy}
            onClick={() => void run(() => send('PATCH', path, { state: isOpen ? 'closed' : 'open' }))}
          >
            {isOpen ? 'Close' : 'Open again'}
          </button>
        </div>
      ) : (
        <p className="muted">You have no GitHub account here, so you can only look.</p>
      )}
      {error && (
        <p className="problem" role="alert" id="merge-problem">
          {error}
        </p>
      )}
    </section>
  );
}
