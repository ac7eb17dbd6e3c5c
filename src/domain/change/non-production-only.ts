import { below } from '../platform/layout.ts';
import type { Platform } from '../platform.ts';
import type { EnvironmentIndex } from './environment-index.ts';

interface Declared {
  readonly path: string;
  readonly kind?: string;
  readonly namespace?: string | undefined;
  readonly name?: string;
}

/**
 * Whether something on a management cluster provably concerns clusters of other environments than production alone: by
 * the folder that declares it, by the cluster whose namespace it is in, or by the cluster that it delivers to.
 */
export function concernsNonProductionOnly(
  { path, kind, namespace, name }: Declared,
  management: string,
  platforms: readonly Platform[],
  index: EnvironmentIndex,
): boolean {
  if (platforms.every(({ layout }) => isOtherFolder(path, layout, index))) return true;
  const clusters = new Set(platforms.flatMap((platform) => platform.clusters));
  const isOther = (cluster: string | undefined) =>
    cluster !== undefined && clusters.has(cluster) && !index.isProduction({ management, cluster });
  if (kind === 'Kustomization') {
    const own = platforms.flatMap(({ kustomizations }) =>
      kustomizations.filter(
        (each) =>
          each.management === management && each.name === name && each.namespace === (namespace ?? 'default'),
      ),
    );
    return own.length > 0 && own.every(({ cluster }) => isOther(cluster));
  }
  return isOther(kind === 'Namespace' ? name : namespace);
}

function isOtherFolder(
  path: string,
  { providers, tenants }: Platform['layout'],
  { others }: EnvironmentIndex,
): boolean {
  const [, , folder, environment = ''] = below(path, providers) ?? [];
  if (folder === 'clusters') return others.includes(environment);
  const [, place = ''] = below(path, tenants) ?? [];
  return others.includes(place);
}
