import type { Outage } from '../cluster.ts';
import type { Fleet } from '../fleet.ts';
import { conditionOf } from '../flux/conditions.ts';
import type { Mischief } from '../flux/mischief.ts';
import { sourceOf } from '../flux/references.ts';
import { artifactRevision, type KustomizationSpec, kustomizationOf } from '../flux/specs.ts';
import { isLarge } from '../large.ts';
import type { Member } from '../member.ts';
import { isFields, type KubeObject } from '../objects.ts';
import type { FluxLine } from '../resources.ts';

/** `behind`: applied, but not what its source has. `waiting`: for a dependency. */
export type State = 'applied' | 'behind' | 'progressing' | 'waiting' | 'failed' | 'suspended';

export interface KustomizationRow {
  readonly namespace: string;
  readonly name: string;
  readonly source: string;
  /** What it applied last. */
  readonly revision: string;
  readonly state: State;
  readonly reason: string;
  readonly message: string;
  readonly broken?: Mischief;
  /** Whether Flux looks at the health of what it applied. */
  readonly watched: boolean;
}

export interface SourceRow {
  readonly namespace: string;
  readonly name: string;
  readonly revision: string;
  readonly ready: boolean;
  readonly message: string;
}

/** A workload cluster, or (with the name '') what the management cluster applies to itself. */
export interface WorkloadRow {
  readonly name: string;
  /** What Cluster API or Hive says of it. */
  readonly lifecycle?: string;
  readonly counts: Readonly<Partial<Record<State, number>>>;
  readonly kustomizations: readonly KustomizationRow[];
}

export interface ClusterRow {
  readonly name: string;
  readonly provider: string;
  readonly flux: FluxLine;
  readonly outage?: Outage;
  readonly sources: readonly SourceRow[];
  readonly workloads: readonly WorkloadRow[];
}

/** Of the many that the generator made, at most so many on each workload cluster, and only those not applied. */
const LISTED = 20;

/** How every cluster stands now. */
export function fleetView(fleet: Fleet): readonly ClusterRow[] {
  return fleet.members.map((member) => {
    const { cluster } = member;
    const all = cluster.store.list('kustomizations').map((object) => row(member, object));
    return {
      name: cluster.name,
      provider: cluster.provider,
      flux: cluster.installed.flux,
      ...(cluster.outage ? { outage: cluster.outage } : {}),
      sources: cluster.store.list('gitrepositories').map(sourceRow),
      workloads: workloads(member, all),
    };
  });
}

type Placed = KustomizationRow & { readonly workload: string; readonly large: boolean };

function workloads({ cluster }: Member, rows: readonly Placed[]): readonly WorkloadRow[] {
  const groups = Map.groupBy(rows, ({ workload }) => workload);
  for (const plural of ['clusters', 'clusterdeployments'] as const)
    for (const { metadata } of cluster.store.list(plural))
      if (!groups.has(metadata.name)) groups.set(metadata.name, []);
  return [...groups].sort(inOrder).map(([name, members]) => {
    const lifecycle = lifecycleOf(cluster.store, name);
    const counts = [...Map.groupBy(members, ({ state }) => state)].map(([state, { length }]) => [
      state,
      length,
    ]);
    return {
      name,
      ...(lifecycle === undefined ? {} : { lifecycle }),
      counts: Object.fromEntries(counts),
      kustomizations: listed(members).map(({ workload: _, large: __, ...each }) => each),
    };
  });
}

/** By name, those that the generator made last. */
function inOrder(
  [a, ofA]: readonly [string, readonly Placed[]],
  [b, ofB]: readonly [string, readonly Placed[]],
) {
  return Number(isMany(ofA)) - Number(isMany(ofB)) || (a < b ? -1 : 1);
}

function listed(members: readonly Placed[]): readonly Placed[] {
  return isMany(members) ? members.filter(({ state }) => state !== 'applied').slice(0, LISTED) : members;
}

function isMany([first]: readonly Placed[]): boolean {
  return first?.large ?? false;
}

function row({ cluster, flux }: Member, object: KubeObject): Placed {
  const { namespace = '', name } = object.metadata;
  const spec = kustomizationOf(object);
  const ready = conditionOf(object, 'Ready');
  const source = spec && sourceOf(cluster.store, object, spec);
  const broken = flux.mischief.get(`${namespace}/${name}`);
  return {
    workload: workloadOf(spec),
    large: isLarge(object),
    namespace,
    name,
    source: spec?.sourceRef.name ?? '',
    revision: String(object.status?.['lastAppliedRevision'] ?? ''),
    state: stateOf(object, source && artifactRevision(source)),
    reason: ready?.reason ?? '',
    message: ready?.message ?? '',
    ...(broken ? { broken } : {}),
    watched: spec !== undefined && (spec.wait || spec.healthChecks.length > 0),
  };
}

/** By convention the secret of a workload cluster's kubeconfig is called after it. */
function workloadOf(spec: KustomizationSpec | undefined): string {
  return spec?.kubeConfig?.secretRef?.name.replace(/-kubeconfig$/, '') ?? '';
}

function stateOf(object: KubeObject, wanted: string | undefined): State {
  if (object.spec?.['suspend'] === true) return 'suspended';
  const ready = conditionOf(object, 'Ready');
  if (ready?.reason === 'DependencyNotReady') return 'waiting';
  if (ready === undefined || ready.status === 'Unknown' || ready.reason === 'HealthCheckCanceled')
    return 'progressing';
  if (ready.status === 'False') return 'failed';
  const current = object.status?.['observedGeneration'] === object.metadata.generation;
  return current && object.status?.['lastAppliedRevision'] === wanted ? 'applied' : 'behind';
}

function sourceRow(object: KubeObject): SourceRow {
  const ready = conditionOf(object, 'Ready');
  return {
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
    revision: artifactRevision(object) ?? '',
    ready: ready?.status === 'True',
    message: ready?.message ?? '',
  };
}

function lifecycleOf(store: Member['cluster']['store'], name: string): string | undefined {
  const cluster = store.list('clusters').find(({ metadata }) => metadata.name === name);
  if (cluster) {
    const available = conditionOf(cluster, 'Available')?.status === 'True';
    return `${cluster.status?.['phase'] ?? 'Pending'}${available ? '' : ', not available'}`;
  }
  const deployment = store.list('clusterdeployments').find(({ metadata }) => metadata.name === name);
  const conditions = deployment?.status?.['conditions'];
  if (!Array.isArray(conditions)) return deployment && 'Pending';
  const ready = conditions.filter(isFields).find(({ type }) => type === 'Ready');
  return ready?.['status'] === 'True' ? 'Running' : String(ready?.['reason'] ?? 'Unknown');
}
