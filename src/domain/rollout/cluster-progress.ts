import type { SilentManagement } from './objects.ts';
import { isDone, type Member, type Progress } from './progress.ts';

/** How far one cluster is: a workload cluster, or a management cluster itself. */
export interface ClusterProgress {
  readonly management: string;
  /** Undefined for the management cluster itself. */
  readonly cluster: string | undefined;
  /** Set while the management cluster does not answer. */
  readonly silence: SilentManagement | undefined;
  readonly done: number;
  readonly total: number;
  /** Whether everything is done, and all of it is known to be healthy too. */
  readonly isHealthy: boolean;
  /** What is not done yet. */
  readonly left: readonly Member[];
}

/** A rollout's progress cluster by cluster: of the legs that lead no further. */
export function clustersOf({ managements }: Progress): readonly ClusterProgress[] {
  return managements.flatMap(({ management, silence, legs }) => {
    const members = legs.filter(({ isWay }) => !isWay).flatMap((leg) => leg.members);
    const counted = members.filter(({ state }) => state.kind !== 'deleted' || state.declared);
    return [...Map.groupBy(counted, ({ cluster }) => cluster)]
      .map(([cluster, each]) => ({
        management,
        cluster,
        silence,
        done: each.filter(isDone).length,
        total: each.length,
        isHealthy: each.every((member) => isDone(member) && member.state.kind === 'applied-healthy'),
        left: each.filter((member) => !isDone(member)),
      }))
      .sort((a, b) => (a.cluster ?? '').localeCompare(b.cluster ?? '', 'en'));
  });
}
