import { below } from '../platform/layout.ts';
import type { Platform } from '../platform.ts';
import type { Policy } from '../policy.ts';
import type { Expected } from './expected.ts';
import { type HelmState, helmState } from './helm-state.ts';
import { type KustomizationState, kustomizationState } from './kustomization-state.ts';
import type { ManagementCluster } from './management-clusters.ts';
import type {
  KustomizationStatus,
  Lifecycle,
  ManagementView,
  SeenManagement,
  SilentManagement,
} from './objects.ts';
import type { Revision } from './revision.ts';
import { type SourceState, sourceState } from './source-state.ts';

/** A cluster in the fleet as it stands now, though nothing is under way. */
export interface FleetRow {
  readonly management: string;
  /** Undefined for the management cluster itself. */
  readonly cluster: string | undefined;
  readonly provider: string | undefined;
  /** Undefined for a management cluster, and where the repository does not show it. */
  readonly environment: string | undefined;
  /** What its sources hold, each once. */
  readonly revisions: readonly Revision[];
  readonly applied: number;
  readonly total: number;
  /** Kustomizations and HelmReleases that are not as they should be. */
  readonly open: readonly FleetItem[];
  /** As Cluster API or Hive shows it; undefined when neither knows it. */
  readonly lifecycle: Lifecycle | undefined;
  /** Set when its management cluster does not answer: then nothing else is known. */
  readonly silence: SilentManagement | undefined;
}

export type FleetItem =
  | { readonly kind: 'source'; readonly id: string; readonly state: SourceState }
  | { readonly kind: 'kustomization'; readonly id: string; readonly state: KustomizationState }
  | { readonly kind: 'helm-release'; readonly id: string; readonly state: HelmState };

export interface FleetFacts {
  readonly policy: Policy;
  readonly platform: Platform;
  readonly management: ManagementCluster;
  readonly view: ManagementView;
}

const current: Expected = { kind: 'current' };

/** A management cluster and its workload clusters, one row each. */
export function fleetRows(facts: FleetFacts): readonly FleetRow[] {
  const { view } = facts;
  if (view.kind === 'silent') {
    return clusterNames(facts, []).map((cluster) => ({ ...emptyRow(facts, cluster), silence: view }));
  }
  const byCluster = Map.groupBy(view.kustomizations.values(), ({ cluster }) => cluster);
  return clusterNames(facts, [...byCluster.keys()]).map((cluster) => {
    const all = byCluster.get(cluster) ?? [];
    const states = all.map((each) => ({ id: each.id, state: stateOf(each, view) }));
    const open = states
      .filter(({ state }) => !isGood(state))
      .map((each) => ({ kind: 'kustomization', ...each }) as const);
    return {
      ...emptyRow(facts, cluster),
      revisions: revisionsOf(all, view),
      applied: states.length - open.length,
      total: states.length,
      open: [
        ...(cluster === undefined ? openSources(view) : []),
        ...open,
        ...openHelm(view, new Set(states.map(({ id }) => id))),
      ],
      lifecycle: view.clusters.find(({ name }) => name === cluster)?.lifecycle,
    };
  });
}

function emptyRow({ management, platform, policy }: FleetFacts, cluster: string | undefined): FleetRow {
  return {
    management: management.name,
    cluster,
    provider: management.provider,
    environment: cluster === undefined ? undefined : environmentOf(cluster, management, platform, policy),
    revisions: [],
    applied: 0,
    total: 0,
    open: [],
    lifecycle: undefined,
    silence: undefined,
  };
}

/** The management cluster first, then all that it manages, as far as repository and cluster know. */
function clusterNames(
  { management, platform, view }: FleetFacts,
  seen: readonly (string | undefined)[],
): readonly (string | undefined)[] {
  const declared = platform.kustomizations
    .filter((each) => each.management === management.folder)
    .map(({ cluster }) => cluster);
  const alive = view.kind === 'seen' ? view.clusters.map(({ name }) => name) : [];
  const names = [...declared, ...seen, ...alive].filter((name) => name !== undefined);
  return [undefined, ...[...new Set(names)].sort()];
}

/** The folder of its environment in a path that is applied to it. */
function environmentOf(
  cluster: string,
  { folder }: ManagementCluster,
  { kustomizations }: Platform,
  { layout }: Policy,
): string | undefined {
  const paths = kustomizations
    .filter((each) => each.cluster === cluster && each.management === folder)
    .map(({ applies }) => applies);
  for (const path of paths) {
    const [, , kind, environment] = below(path, layout.providers) ?? [];
    if (kind === 'clusters' && environment !== undefined) return environment;
  }
  for (const path of paths) {
    const [, environment] = below(path, layout.tenants) ?? [];
    if (environment !== undefined && environment !== layout.shared) return environment;
  }
  return undefined;
}

function stateOf(kustomization: KustomizationStatus, view: SeenManagement): KustomizationState {
  const source = view.sources.get(kustomization.source);
  const state = kustomizationState(kustomization, source, current, kustomization.source);
  // A source that is none in git is not read; then what the Kustomization says of itself is all there is.
  const isElsewhere = kustomization.source.includes(' ');
  return isElsewhere && state.kind === 'waiting-for-source' && isSettled(kustomization)
    ? { kind: 'applied' }
    : state;
}

function isSettled({ ready, generation, observedGeneration }: KustomizationStatus): boolean {
  return ready?.status === 'True' && observedGeneration === generation;
}

function isGood({ kind }: KustomizationState): boolean {
  return kind === 'applied' || kind === 'applied-healthy';
}

function revisionsOf(all: readonly KustomizationStatus[], view: SeenManagement): readonly Revision[] {
  const ids = new Set(all.map(({ source }) => source));
  return [...ids].sort().flatMap((id) => view.sources.get(id)?.artifact ?? []);
}

function openSources({ sources }: SeenManagement): readonly FleetItem[] {
  return [...sources.values()]
    .map((source) => ({ kind: 'source', id: source.id, state: sourceState(source, current) }) as const)
    .filter(({ state }) => state.kind !== 'at');
}

function openHelm({ helmReleases }: SeenManagement, makers: ReadonlySet<string>): readonly FleetItem[] {
  return [...helmReleases.values()]
    .filter(({ madeBy }) => madeBy !== undefined && makers.has(madeBy))
    .map((release) => ({ kind: 'helm-release', id: release.id, state: helmState(release) }) as const)
    .filter(({ state }) => state.kind !== 'ready');
}
