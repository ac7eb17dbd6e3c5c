import { below, isBelow } from '../platform/layout.ts';
import type { Platform } from '../platform.ts';
import type { Policy } from '../policy.ts';
import type { Problem } from './finding.ts';

/** Where things may stand, worked out once for any number of files. */
export interface Places {
  readonly policy: Policy;
  readonly clouds: ReadonlySet<string>;
  readonly environments: ReadonlySet<string>;
  /** Folders that Kustomizations apply. */
  readonly applied: readonly string[];
}

/** @param before the platform that stands: what a pull request itself adds proves nothing of a name. */
export function placesOf(
  before: Platform,
  after: Platform,
  paths: readonly string[],
  policy: Policy,
): Places {
  const { layout } = policy;
  const environments = new Set(policy.environments.map(({ name }) => name));
  const clouds = new Set<string>();
  for (const cloud of before.clouds) {
    clouds.add(cloud.name);
    for (const name of cloud.environments) environments.add(name);
  }
  for (const path of paths) {
    const [cloud, version, kind, environment, cluster] = below(path, layout.providers) ?? [];
    if (cloud !== undefined && version !== undefined) clouds.add(cloud);
    if (kind === 'clusters' && environment !== undefined && cluster !== undefined)
      environments.add(environment);
  }
  const applied = after.kustomizations.map(({ applies }) => applies).filter((folder) => folder !== '');
  for (const folder of applied) {
    const [cloud, environment] = below(folder, layout.tenants) ?? [];
    if (cloud !== undefined) clouds.add(cloud);
    if (environment !== undefined) environments.add(environment);
  }
  return { policy, clouds, environments, applied };
}

/** Why a file of Kubernetes objects does not belong where it stands; undefined when it does. */
export function checkPlace(path: string, places: Places): Problem | undefined {
  const { layout, conventions } = places.policy;
  if (conventions.folders.some((folder) => isBelow(path, folder))) return undefined;
  const inTenants = below(path, layout.tenants);
  if (inTenants !== undefined) return checkTenantPlace(inTenants, places);
  const inProviders = below(path, layout.providers);
  const isDeep = (inProviders?.length ?? 0) >= (inProviders?.[2] === 'clusters' ? 6 : 4);
  const inFeature = below(path, layout.features);
  if (isDeep || (inFeature?.length ?? 0) >= 2) return undefined;
  if (places.applied.some((folder) => isBelow(path, folder))) return undefined;
  return { code: 'misplaced', expected: expectedIn(path, places.policy) };
}

function checkTenantPlace(parts: readonly string[], places: Places): Problem | undefined {
  const { policy, clouds, environments } = places;
  const [cloud = '', environment = ''] = parts;
  if (parts.length < 4) return { code: 'misplaced', expected: [tenantPattern(policy)] };
  if (clouds.size > 0 && !clouds.has(cloud))
    return { code: 'unknown-place', what: 'cloud', name: cloud, known: [...clouds].sort() };
  if (environment === policy.layout.shared || environments.has(environment)) return undefined;
  const known = [policy.layout.shared, ...environments].sort();
  return { code: 'unknown-place', what: 'environment', name: environment, known };
}

function tenantPattern({ layout }: Policy): string {
  return `${layout.tenants}/<cloud>/<environment or ${layout.shared}>/<tenant>/`;
}

function expectedIn(path: string, policy: Policy): readonly string[] {
  const { layout, conventions } = policy;
  const providers = `${layout.providers}/<cloud>/<version>/`;
  if (isBelow(path, layout.providers))
    return [`${providers}<management cluster>/`, `${providers}clusters/<environment>/<cluster>/`];
  const feature = `${layout.features}/<feature>/`;
  if (isBelow(path, layout.features)) return [feature];
  return [tenantPattern(policy), feature, providers, ...conventions.folders.map((folder) => `${folder}/`)];
}
