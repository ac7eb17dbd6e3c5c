import type { Cloud, TenantPlace } from '../platform.ts';
import { below, type Layout } from './layout.ts';

/** The place of the tenant that a file belongs to; undefined when it belongs to none. */
export function tenantPlaceOf(path: string, layout: Layout): TenantPlace | undefined {
  const [cloud, folder, tenant, file] = below(path, layout.tenants) ?? [];
  return cloud === undefined || folder === undefined || tenant === undefined || file === undefined
    ? undefined
    : { tenant, cloud, folder };
}

/** Where every tenant stands: `<tenants>/<cloud>/<folder>/<tenant>/…`. */
export function findTenants(paths: readonly string[], layout: Layout): readonly TenantPlace[] {
  const places = new Map<string, TenantPlace>();
  for (const path of paths) {
    const place = tenantPlaceOf(path, layout);
    if (place !== undefined) places.set(`${place.cloud}/${place.folder}/${place.tenant}`, place);
  }
  return [...places.values()];
}

/**
 * The clouds and their environments: the folders of the tenants and those that a Kustomization applies; where a cloud
 * has none, the folders of its clusters. Where both go by the same names, the clusters complete the list, so that an
 * environment that has no tenant yet can be asked for.
 */
export function findClouds(
  paths: readonly string[],
  applied: readonly string[],
  layout: Layout,
): readonly Cloud[] {
  const tenants = new Map<string, Set<string>>();
  const clusters = new Map<string, Set<string>>();
  const add = (to: Map<string, Set<string>>, cloud: string, environment: string | undefined) => {
    const known = to.get(cloud) ?? new Set();
    if (environment !== undefined && environment !== layout.shared) known.add(environment);
    to.set(cloud, known);
  };
  for (const path of paths) {
    const [cloud, folder, ...rest] = below(path, layout.tenants) ?? [];
    if (cloud !== undefined && folder !== undefined && rest.length > 0) add(tenants, cloud, folder);
    const [provider, version, kind, environment, cluster] = below(path, layout.providers) ?? [];
    if (provider !== undefined && version !== undefined) {
      add(clusters, provider, kind === 'clusters' && cluster !== undefined ? environment : undefined);
    }
  }
  for (const folder of applied) {
    const [cloud, environment, ...rest] = below(folder, layout.tenants) ?? [];
    if (cloud !== undefined && environment !== undefined && rest.length === 0)
      add(tenants, cloud, environment);
  }
  return [...new Set([...tenants.keys(), ...clusters.keys()])]
    .sort()
    .map((name) => ({
      name,
      environments: merge(tenants.get(name) ?? new Set(), clusters.get(name) ?? new Set()),
    }))
    .filter(({ environments }) => environments.length > 0);
}

function merge(tenants: ReadonlySet<string>, clusters: ReadonlySet<string>): readonly string[] {
  return [...(tenants.isSubsetOf(clusters) ? clusters : tenants)].sort();
}

/** Names of clusters by their folders: `<providers>/<cloud>/<version>/clusters/<environment>/<cluster>/…`. */
export function findClusterFolders(paths: readonly string[], layout: Layout): readonly string[] {
  return paths.flatMap((path) => {
    const [, , kind, , cluster, file] = below(path, layout.providers) ?? [];
    return kind === 'clusters' && cluster !== undefined && file !== undefined && cluster !== layout.shared
      ? [cluster]
      : [];
  });
}

/** Names of what the platform installs: `<features>/<feature>/…`. */
export function findFeatures(paths: readonly string[], layout: Layout): readonly string[] {
  return paths.flatMap((path) => {
    const [feature, file] = below(path, layout.features) ?? [];
    return feature !== undefined && file !== undefined ? [feature] : [];
  });
}
