import type { Expected } from './expected.ts';

/** One source on a management cluster and what follows it, on the way of a rollout. */
export interface Leg {
  /** `namespace/name` of the GitRepository. */
  readonly source: string;
  readonly expected: Expected;
  /** `namespace/name` of the Kustomizations that the repository declares to follow it. */
  readonly declared: readonly string[];
  /** Whether others that follow it on the cluster count as well: new ones, and ones made by hand. */
  readonly isOpen: boolean;
}

/**
 * A rollout's way through one management cluster, leg after leg. A promotion has two: `main` with the Kustomizations
 * that apply the changed source, then that source with all that follow it. A merge that no source stands between has
 * one.
 */
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
