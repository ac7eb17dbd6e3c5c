import type { Expected } from './expected.ts';

/** A Kustomization as the repository declares it. */
export interface DeclaredMember {
  /** `namespace/name`. */
  readonly id: string;
  /** The workload cluster it applies to; undefined for the management cluster itself. */
  readonly cluster: string | undefined;
}

/** One source on a management cluster and what follows it, on the way of a rollout. */
export interface Leg {
  /** `namespace/name` of the GitRepository. */
  readonly source: string;
  readonly expected: Expected;
  /** The Kustomizations that the repository declares to follow it. */
  readonly declared: readonly DeclaredMember[];
  /** Whether others that follow it on the cluster count as well: new ones, and ones made by hand. */
  readonly isOpen: boolean;
  /** Whether it only leads to the legs after it, as what applies a turned source does. */
  readonly isWay: boolean;
}

/** A rollout's way through one management cluster, leg after leg; see `rolloutRoutes`. */
export interface ManagementPlan {
  readonly management: string;
  readonly legs: readonly Leg[];
}

export interface RolloutPlan {
  /** Milliseconds since the epoch, when the change was merged. */
  readonly startedAt: number;
  readonly managements: readonly ManagementPlan[];
  /** What took its place, such as the next version; undefined while nothing has. */
  readonly supersededBy: string | undefined;
}
