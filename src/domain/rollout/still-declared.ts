import type { Platform } from '../platform.ts';
import type { ManagementCluster } from './management-clusters.ts';
import type { Leg, RolloutPlan } from './plan.ts';

/**
 * The plan without those Kustomizations of a promotion that a later commit of the repository declares no more: nothing
 * is to come of them.
 *
 * @param later the platform at a commit after the merge.
 */
export function stillDeclared(
  plan: RolloutPlan,
  later: Platform,
  clusters: readonly ManagementCluster[],
): RolloutPlan {
  const managements = plan.managements.map((each) => {
    const folder = clusters.find(({ name }) => name === each.management)?.folder;
    if (folder === undefined) return each;
    const ids = new Set(
      later.kustomizations
        .filter(({ management }) => management === folder)
        .map(({ namespace, name }) => `${namespace}/${name}`),
    );
    const without = (leg: Leg) =>
      leg.isOpen ? { ...leg, declared: leg.declared.filter(({ id }) => ids.has(id)) } : leg;
    return { ...each, legs: each.legs.map(without) };
  });
  return { ...plan, managements };
}
