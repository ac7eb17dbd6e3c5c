import type { ClusterRow } from '../../kubernetes/control/fleet-view.ts';
import { ask } from '../lib/http.ts';
import { useLive } from '../lib/live.ts';
import { ClusterCard } from './cluster-card.tsx';

/** The management clusters and what Flux does on them; it changes by itself. */
export function FleetPane() {
  const { data: clusters, error } = useLive('fleet', ['fleet'], () =>
    ask<readonly ClusterRow[]>('/control/fleet'),
  );
  return (
    <div className="fleet">
      <h1>Clusters</h1>
      <p className="muted">What Flux has applied where. Break something, and see what the bot says of it.</p>
      {error && <p className="problem">{error}</p>}
      {clusters?.map((cluster) => (
        <ClusterCard key={cluster.name} cluster={cluster} />
      ))}
      {clusters?.length === 0 && (
        <p className="empty">
          The repository has no folder <code>providers/…/…/mgmt</code>, so there is no management cluster.
        </p>
      )}
    </div>
  );
}
