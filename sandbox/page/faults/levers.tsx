import { useState } from 'react';

import { ask } from '../lib/http.ts';
import { useAction } from '../lib/use-action.ts';
import { useWorld } from '../lib/world.tsx';

const STALE_MS = 30_000;

/** What strikes at once. */
export function Levers() {
  const { staleReadsMs } = useWorld();
  const { busy, error, run } = useAction();
  const [done, setDone] = useState('');
  async function pull(path: string, text: string, body: unknown = {}) {
    setDone('');
    const ok = await run(() => ask(`/control/${path}`, { method: 'POST', body }));
    if (ok) setDone(text);
  }
  return (
    <section aria-label="At once">
      <h2>At once</h2>
      <div className="line wrap">
        <button
          type="button"
          id="cut-sockets"
          disabled={busy}
          onClick={() => void pull('cut-sockets', 'The sockets are cut.')}
        >
          Cut Slack's sockets
        </button>
        <button
          type="button"
          id="expire-tokens"
          disabled={busy}
          onClick={() => void pull('expire-tokens', 'Every installation token has expired.')}
        >
          Expire GitHub's tokens
        </button>
        <button
          type="button"
          id="stale-reads"
          aria-pressed={staleReadsMs > 0}
          disabled={busy}
          onClick={() => void pull('stale-reads', '', { ms: staleReadsMs > 0 ? 0 : STALE_MS })}
        >
          GitHub answers what was 30 s ago{staleReadsMs > 0 ? ': on' : ''}
        </button>
        <button
          type="button"
          id="redeliver"
          disabled={busy}
          onClick={() => void pull('redeliver', 'Every failed webhook was sent again.')}
        >
          Send failed webhooks again
        </button>
      </div>
      <p role="status" className="muted">
        {done}
      </p>
      {error && (
        <p className="problem" role="alert">
          {error}
        </p>
      )}
    </section>
  );
}
