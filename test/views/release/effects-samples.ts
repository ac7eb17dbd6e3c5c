import type { NotRenderedWhy } from '../../../src/domain/effects/effect.ts';
import type {
  ClusterSummary,
  EffectsSummary,
  HighlightSummary,
  NotRenderedSummary,
  TenantSummary,
} from '../../../src/domain/effects/summarise.ts';

type When = ClusterSummary['when'];

const management = 'providers/aws/v1/mgmt';
const kustomization = 'flux-system/tenants';

export const noEffects: EffectsSummary = {
  clusters: [],
  changesProduction: false,
  hasUnknownTimes: false,
  tenants: [],
  highlights: [],
  notRendered: [],
};

/** A production cluster in which nothing is counted yet. */
export function clusterOf(more: Partial<ClusterSummary> = {}): ClusterSummary {
  return {
    cluster: 'prod',
    management,
    when: 'next-promotion',
    follows: { kind: 'tag', tag: 'v0.0.1' },
    kustomizations: [kustomization],
    added: 0,
    changed: 0,
    deleted: 0,
    moved: 0,
    notRendered: 0,
    tenants: [],
    ...more,
  };
}

export function placeOf(cluster: string, when: When): TenantSummary['clusters'][number] {
  return { cluster, management, when, follows: undefined };
}

/** @param object `Kind name` or `Kind namespace/name`. */
export function highlightOf(
  what: HighlightSummary['what'],
  object: string,
  cluster = 'prod',
  when: When = 'next-promotion',
  change: HighlightSummary['object']['change'] = 'changed',
): HighlightSummary {
  const [kind = '', place = ''] = object.split(/ (.*)/s);
  const [namespace, name] = place.includes('/') ? place.split(/\/(.*)/s) : [undefined, place];
  const told = { apiVersion: 'v1', kind, namespace, name: name ?? '', change };
  return { what, object: told, path: 'x.yaml', cluster, management, when, kustomization };
}

export function notRenderedOf(path: string, why: NotRenderedWhy = 'overlay'): NotRenderedSummary {
  return { path, why, tenant: undefined, cluster: 'prod', management, when: 'next-promotion', kustomization };
}
