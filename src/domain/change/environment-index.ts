import type { Platform } from '../platform.ts';
import { environmentRules, type Policy } from '../policy.ts';
import { clusterStatuses } from '../release/platform-status.ts';

interface ClusterRef {
  readonly management: string;
  /** Undefined for the management cluster itself. */
  readonly cluster: string | undefined;
}

/** Which cluster belongs to which environment, by all states of the repository that matter. */
export interface EnvironmentIndex {
  /** All environments of production. */
  readonly production: readonly string[];
  /** All others. */
  readonly others: readonly string[];
  /** One whose environment is not known counts as production, and so does a management cluster. */
  isProduction(cluster: ClusterRef): boolean;
  /** The production environments that a cluster serves; of a management cluster, those of all its clusters. */
  productionOf(cluster: ClusterRef): readonly string[];
}

export function environmentIndex(platforms: readonly Platform[], policy: Policy): EnvironmentIndex {
  const statuses = platforms.flatMap((platform) => clusterStatuses(platform, policy));
  const named = [
    ...policy.environments.map(({ name }) => name),
    ...platforms.flatMap(({ clouds }) => clouds.flatMap(({ environments }) => environments)),
  ];
  const isProd = (name: string) => environmentRules(policy, name).production;
  const all = [...new Set(named)].sort();
  const production = all.filter(isProd);
  const of = ({ management, cluster }: ClusterRef) =>
    statuses.filter(
      (each) => each.management === management && (cluster === undefined || each.cluster === cluster),
    );
  return {
    production,
    others: all.filter((name) => !isProd(name)),
    isProduction: (ref) => {
      if (ref.cluster === undefined) return true;
      const environments = of(ref).flatMap((each) => each.environments);
      return environments.length === 0 || environments.some(isProd);
    },
    productionOf: (ref) => {
      const found = [...new Set(of(ref).flatMap((each) => each.environments.filter(isProd)))];
      return found.length > 0 ? found : production;
    },
  };
}
