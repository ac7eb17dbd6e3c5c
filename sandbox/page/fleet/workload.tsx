import type { WorkloadRow } from '../../kubernetes/control/fleet-view.ts';
import { useAction } from '../lib/use-action.ts';
import { KustomizationLine } from './kustomization-line.tsx';
import { pull } from './pull.ts';

/** What is applied to one workload cluster, or to the management cluster itself. */
export function Workload({ cluster, workload }: { cluster: string; workload: WorkloadRow }) {
  const { name, lifecycle, counts, kustomizations } = workload;
  const { busy, error, run } = useAction();
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const applied = counts.applied ?? 0;
  const namespace = kustomizations[0]?.namespace;
  const broken = kustomizations.some((each) => each.broken);
  // Where Flux looks at health nobody has to break a file.
  const how = kustomizations.every(({ watched }) => watched) ? 'health' : 'build';
  const act = () =>
    broken ? pull('mend', { cluster, namespace }) : pull('break', { cluster, namespace, how });
  return (
    <details open={all <= 40} className="workload" data-workload={name} data-applied={applied === all}>
      <summary>
        <strong>{name || 'the management cluster itself'}</strong>
        {lifecycle && <span className="label">{lifecycle}</span>}
        <span className="muted">
          {applied} of {all} applied
        </span>
      </summary>
      {error && <p className="problem">{error}</p>}
      <ul className="rows">
        {kustomizations.map((each) => (
          <KustomizationLine key={`${each.namespace}/${each.name}`} cluster={cluster} row={each} />
        ))}
      </ul>
      {name !== '' && namespace !== undefined && (
        <button
          type="button"
          id={`break-all-${name}`}
          className={broken ? '' : 'danger'}
          disabled={busy}
          onClick={() => void run(act)}
        >
          {broken ? 'Mend' : 'Break'} all of {name}
        </button>
      )}
    </details>
  );
}
