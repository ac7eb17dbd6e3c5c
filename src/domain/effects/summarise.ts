import { canonicalJson } from '../platform/canonical.ts';
import type { Effect, Highlight, NotRendered, ObjectChange } from './effect.ts';

/** What happens in one cluster at one time. */
export interface ClusterSummary extends Pick<Effect, 'cluster' | 'management' | 'when' | 'follows'> {
  /** `namespace/name` of each that changes something here. */
  readonly kustomizations: readonly string[];
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
  readonly moved: number;
  /** How many files or declarations cannot be rendered: they may change anything. */
  readonly notRendered: number;
  readonly tenants: readonly string[];
}

export interface TenantSummary {
  readonly name: string;
  readonly clusters: readonly Pick<Effect, 'cluster' | 'management' | 'when' | 'follows'>[];
}

export interface HighlightSummary extends Pick<Effect, 'cluster' | 'management' | 'when' | 'kustomization'> {
  readonly what: Highlight;
  readonly object: Pick<ObjectChange, 'apiVersion' | 'kind' | 'namespace' | 'name' | 'change'>;
  readonly path: string;
}

export interface NotRenderedSummary
  extends NotRendered,
    Pick<Effect, 'cluster' | 'management' | 'when' | 'kustomization'> {}

export interface EffectsSummary {
  readonly clusters: readonly ClusterSummary[];
  /** Whether something arrives with the next promotion; what cannot be rendered counts. */
  readonly changesProduction: boolean;
  /** Whether something arrives at a time that cannot be told: then nobody can say that production stays as it is. */
  readonly hasUnknownTimes: boolean;
  readonly tenants: readonly TenantSummary[];
  readonly highlights: readonly HighlightSummary[];
  readonly notRendered: readonly NotRenderedSummary[];
}

/** What people need at a glance. Effects that change no object and hide none are left out. */
export function summarise(all: readonly Effect[]): EffectsSummary {
  const telling = all.filter(({ objects, notRendered }) => objects.length + notRendered.length > 0);
  return {
    clusters: [...groupByPlace(telling).values()].map(summariseCluster),
    changesProduction: telling.some(({ when }) => when === 'next-promotion'),
    hasUnknownTimes: telling.some(({ when }) => when === 'unknown'),
    tenants: summariseTenants(telling),
    highlights: telling.flatMap(highlightsOf),
    notRendered: telling.flatMap((effect) =>
      effect.notRendered.map((one) => ({ ...one, ...whereOf(effect) })),
    ),
  };
}

function summariseTenants(telling: readonly Effect[]): readonly TenantSummary[] {
  const effectsOf = new Map<string, Effect[]>();
  for (const effect of telling) {
    for (const name of tenantsOf([effect])) effectsOf.set(name, [...(effectsOf.get(name) ?? []), effect]);
  }
  return [...effectsOf.keys()].sort().map((name) => ({
    name,
    clusters: [...groupByPlace(effectsOf.get(name) ?? []).values()].map(([first]) => placeOf(first)),
  }));
}

type Group = readonly [Effect, ...Effect[]];

/** One group for a cluster and time, in the order of the effects. */
function groupByPlace(all: readonly Effect[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const effect of all) {
    const key = canonicalJson(placeOf(effect));
    const group = groups.get(key);
    groups.set(key, group === undefined ? [effect] : [...group, effect]);
  }
  return groups;
}

function placeOf({ cluster, management, when, follows }: Effect) {
  return { cluster, management, when, follows };
}

function whereOf({ cluster, management, when, kustomization }: Effect) {
  return { cluster, management, when, kustomization };
}

function summariseCluster(group: Group): ClusterSummary {
  const objects = group.flatMap((effect) => effect.objects);
  const count = (change: ObjectChange['change']) => objects.filter((one) => one.change === change).length;
  return {
    ...placeOf(group[0]),
    kustomizations: [...new Set(group.map(({ kustomization }) => kustomization))],
    added: count('added'),
    changed: count('changed'),
    deleted: count('deleted'),
    moved: count('moved'),
    notRendered: group.flatMap((effect) => effect.notRendered).length,
    tenants: tenantsOf(group),
  };
}

function tenantsOf(all: readonly Effect[]): readonly string[] {
  const names = all.flatMap(({ objects, notRendered }) =>
    [...objects, ...notRendered].flatMap(({ tenant }) => tenant ?? []),
  );
  return [...new Set(names)].sort();
}

function highlightsOf(effect: Effect): readonly HighlightSummary[] {
  return effect.objects.flatMap(({ highlights, apiVersion, kind, namespace, name, change, path }) =>
    highlights.map((what) => ({
      what,
      object: { apiVersion, kind, namespace, name, change },
      path,
      ...whereOf(effect),
    })),
  );
}
