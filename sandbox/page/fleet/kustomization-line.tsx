import type { KustomizationRow } from '../../kubernetes/control/fleet-view.ts';
import { useAction } from '../lib/use-action.ts';
import { pull } from './pull.ts';
import { shortRevision } from './short-revision.ts';

/** One Kustomization: its state in a word, what it applied last, and why it is not further. */
export function KustomizationLine({ cluster, row }: { cluster: string; row: KustomizationRow }) {
  const { namespace, name, state, revision, reason, message, broken, watched } = row;
  const { busy, error, run } = useAction();
  const place = { cluster, namespace, name };
  const act = (path: string, more: object = {}) => void run(() => pull(path, { ...place, ...more }));
  return (
    <li data-kustomization={`${namespace}/${name}`} data-state={state}>
      <span className="state">{state}</span>
      <div className="grow">
        <strong>{name}</strong> <code>{shortRevision(revision)}</code>
        {state !== 'applied' && (
          <p className="muted">
            {reason}: {message}
          </p>
        )}
        {error && <p className="problem">{error}</p>}
      </div>
      <button
        type="button"
        className="quiet"
        disabled={busy}
        onClick={() => act('suspend', { suspend: state !== 'suspended' })}
      >
        {state === 'suspended' ? 'Resume' : 'Suspend'}
      </button>
      <button
        type="button"
        className="quiet"
        disabled={busy}
        onClick={() => (broken ? act('mend') : act('break', { how: watched ? 'health' : 'build' }))}
      >
        {broken ? 'Mend' : 'Break'}
      </button>
    </li>
  );
}
