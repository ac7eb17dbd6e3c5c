import type { ClusterRow, SourceRow } from '../../kubernetes/control/fleet-view.ts';
import { useAction } from '../lib/use-action.ts';
import { OUTAGES, outageId } from './outages.ts';
import { pull } from './pull.ts';
import { shortRevision } from './short-revision.ts';
import { Workload } from './workload.tsx';

/** One management cluster: how it answers, its sources, and the clusters that it fills. */
export function ClusterCard({ cluster }: { cluster: ClusterRow }) {
  const { name, sources, workloads, outage } = cluster;
  return (
    <section className="card cluster" aria-label={name} data-cluster={name} data-outage={outageId(outage)}>
      <Head cluster={cluster} />
      <ul className="sources" aria-label="Sources">
        {sources.map((source) => (
          <Source key={`${source.namespace}/${source.name}`} source={source} />
        ))}
      </ul>
      {workloads.map((workload) => (
        <Workload key={workload.name} cluster={name} workload={workload} />
      ))}
    </section>
  );
}

function Head({ cluster: { name, flux, outage } }: { cluster: ClusterRow }) {
  const { busy, error, run } = useAction();
  const set = (id: string) => {
    const chosen = OUTAGES.find((each) => each.id === id)?.outage ?? null;
    void run(() => pull('outage', { cluster: name, outage: chosen }));
  };
  return (
    <div className="line wrap">
      <h2>{name}</h2>
      <span className="label">Flux {flux}</span>
      <span className="grow" />
      <select
        id={`outage-${name}`}
        aria-label={`How ${name} answers the bot`}
        value={outageId(outage)}
        disabled={busy}
        onChange={(event) => set(event.target.value)}
      >
        {OUTAGES.map(({ id, text }) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
      <button
        type="button"
        id={`expire-${name}`}
        disabled={busy}
        title="Watches and pages begin anew: 410 Gone"
        onClick={() => void run(() => pull('expire', { cluster: name }))}
      >
        Forget the past
      </button>
      {error && (
        <p className="problem" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

function Source({ source: { name, revision, ready, message } }: { source: SourceRow }) {
  return (
    <li data-source={name} data-ready={ready} title={message}>
      <strong>{name}</strong> <code>{shortRevision(revision)}</code>
      {!ready && <span className="bad"> {message}</span>}
    </li>
  );
}
