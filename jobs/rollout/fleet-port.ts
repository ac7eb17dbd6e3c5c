import type { ManagementCluster } from '../../src/domain/rollout/management-clusters.ts';
import type { ManagementView } from '../../src/domain/rollout/objects.ts';

/** What the jobs want of the clusters: management clusters alone, and of these no secret ever. */
export interface Fleet {
  /** Reads a management cluster once. One that does not answer is a view too: what is not known, since when. */
  look(management: ManagementCluster): Promise<ManagementView>;
  /**
   * Follows a management cluster until `signal` is aborted: `onView` gets what stands there at first, then after every
   * change, at the latest `repairMs` after whatever a lost connection may have hidden.
   */
  follow(
    management: ManagementCluster,
    options: {
      /** Milliseconds between two tries while the cluster tells no changes by itself. */
      readonly pollMs: number;
      readonly signal: AbortSignal;
      readonly onView: (view: ManagementView) => void;
    },
  ): Promise<void>;
  /** The last events about one object, newest first. Throws as `PlatformRepository` does. */
  eventsOf(management: ManagementCluster, object: FluxObjectName): Promise<readonly ClusterEvent[]>;
  /**
   * Asks Flux to reconcile one object now instead of at its next interval, by its annotation alone. Asking twice with
   * one time is asking once.
   *
   * @param at the time that stands in the annotation, ISO 8601.
   */
  requestReconciliation(
    management: ManagementCluster,
    object: { readonly kind: 'source' | 'kustomization'; readonly id: string },
    at: string,
  ): Promise<'asked' | 'not-allowed' | 'absent'>;
}

export interface FluxObjectName {
  readonly kind: 'source' | 'kustomization' | 'helm-release';
  /** `namespace/name`. */
  readonly id: string;
}

export interface ClusterEvent {
  /** Milliseconds since the epoch by the cluster's clock. */
  readonly at: number;
  readonly isWarning: boolean;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
}
