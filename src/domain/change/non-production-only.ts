import { below } from '../platform/layout.ts';
import type { Platform } from '../platform.ts';
import type { EnvironmentIndex } from './environment-index.ts';

interface Declared {
  readonly apiVersion: string;
  readonly path: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

interface Facts {
  readonly management: string;
  readonly platforms: readonly Platform[];
  readonly index: EnvironmentIndex;
}

/**
 * Whether an object on a management cluster provably concerns clusters of other environments than production alone: by
 * the cluster whose namespace it is in, by the cluster that it delivers to, or by the folder that declares it. What
 * Flux takes as an order can reach beyond its namespace and its folder, and is judged by whom it serves.
 */
export function concernsNonProductionOnly(
  object: Declared,
  management: string,
  platforms: readonly Platform[],
  index: EnvironmentIndex,
): boolean {
  const facts: Facts = { management, platforms, index };
  const { kind, apiVersion, name } = object;
  if (/^[a-z]+\.toolkit\.fluxcd\.io\//.test(apiVersion)) {
    if (kind === 'Kustomization') return deliversElsewhere(object, facts);
    return kind === 'GitRepository' && isOther(object.namespace, facts) && feedsOthersOnly(object, facts);
  }
  const namespace = kind === 'Namespace' ? name : object.namespace;
  if (isOther(namespace, facts)) return true;
  // In no namespace it is everybody's, wherever it is declared.
  return (
    namespace !== undefined &&
    !servesProduction(namespace, facts) &&
    platforms.every(({ layout }) => isOtherFolder(object.path, layout, index))
  );
}

function isOther(cluster: string | undefined, { management, platforms, index }: Facts): boolean {
  return (
    cluster !== undefined &&
    platforms.some(({ clusters }) => clusters.includes(cluster)) &&
    !index.isProduction({ management, cluster })
  );
}

function deliversElsewhere({ name, namespace = 'default' }: Declared, facts: Facts): boolean {
  const own = facts.platforms.flatMap(({ kustomizations }) =>
    kustomizations.filter(
      (each) => each.management === facts.management && each.name === name && each.namespace === namespace,
    ),
  );
  return own.length > 0 && own.every(({ cluster }) => isOther(cluster, facts));
}

/** Kustomizations of any cluster may follow a source of any namespace. */
function feedsOthersOnly({ name, namespace = 'default' }: Declared, facts: Facts): boolean {
  return facts.platforms.every(({ kustomizations }) =>
    kustomizations
      .filter(
        ({ management, source }) =>
          management === facts.management && source.name === name && source.namespace === namespace,
      )
      .every(({ cluster }) => isOther(cluster, facts)),
  );
}

/** The namespaces of clusters that are production, and of the Kustomizations and sources that it hangs on. */
function servesProduction(namespace: string, facts: Facts): boolean {
  return facts.platforms.some(
    ({ clusters, kustomizations }) =>
      (clusters.includes(namespace) && !isOther(namespace, facts)) ||
      kustomizations.some(
        (each) =>
          !isOther(each.cluster, facts) &&
          (each.namespace === namespace || each.source.namespace === namespace),
      ),
  );
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
