import type { Source } from '../platform.ts';
import type { Revision } from './revision.ts';

/** A condition as Kubernetes objects bear it, with what decides. */
export interface Condition {
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  /** Empty where the condition is True: then it tells nothing that decides. */
  readonly message: string;
  /** Milliseconds since the epoch by the cluster's clock, when the status last changed. */
  readonly at: number;
  /** The object's generation that it is about; undefined when the controller does not tell. */
  readonly generation: number | undefined;
}

/** What all objects of Flux have in common. */
export interface FluxObject {
  /** `namespace/name`. */
  readonly id: string;
  readonly generation: number;
  /** The generation last dealt with; undefined before the first. It advances on success or stall only. */
  readonly observedGeneration: number | undefined;
  readonly suspended: boolean;
  /** The last request for reconciliation that the controller took up, as it stood in the annotation. */
  readonly handledRequest: string | undefined;
  readonly ready: Condition | undefined;
  readonly reconciling: Condition | undefined;
  readonly stalled: Condition | undefined;
}

/** A GitRepository as the cluster shows it. */
export interface GitSource extends FluxObject {
  readonly follows: Source['ref'];
  /** The repository that it fetches, as `host/owner/name`. */
  readonly url: string | undefined;
  /** What it holds; undefined before the first fetch. */
  readonly artifact: Revision | undefined;
  /** Milliseconds since the epoch, when it came to hold that. */
  readonly artifactAt: number | undefined;
}

/** A Kustomization as the cluster shows it; of 6.5 kB and more only what decides is kept. */
export interface KustomizationStatus extends FluxObject {
  /** `namespace/name` of the GitRepository it applies; with the kind before it when it is none. */
  readonly source: string;
  /** The workload cluster it applies to; undefined for the management cluster itself. */
  readonly cluster: string | undefined;
  /** Whether `wait` or health checks stand in it, so that Ready means healthy too. */
  readonly checksHealth: boolean;
  readonly deleting: boolean;
  /** Set once the artifact was fetched. */
  readonly lastAttempted: Revision | undefined;
  /** Set only after applying, pruning and health checks. */
  readonly lastApplied: Revision | undefined;
}

/** A HelmRelease as the cluster shows it. */
export interface HelmReleaseStatus extends FluxObject {
  /** `namespace/name` of the Kustomization that made it; undefined when none did. */
  readonly madeBy: string | undefined;
  readonly cluster: string | undefined;
  /** The chart's version last tried. */
  readonly chart: string | undefined;
}

/** A workload cluster as Cluster API or Hive shows it. */
export interface WorkloadCluster {
  readonly id: string;
  readonly name: string;
  readonly lifecycle: Lifecycle;
}

/** Where a workload cluster stands in its life, in one vocabulary for Cluster API and Hive. */
export type Lifecycle =
  | { readonly kind: 'ready' }
  | { readonly kind: 'coming'; readonly phase: string }
  | { readonly kind: 'not-ready'; readonly reason: string }
  | { readonly kind: 'hibernating' }
  | { readonly kind: 'deleting' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'unknown' };

/** What a management cluster shows at one moment, or that it shows nothing. */
export type ManagementView = SeenManagement | SilentManagement;

export interface SeenManagement {
  readonly kind: 'seen';
  readonly management: string;
  /** Milliseconds since the epoch by our clock, when it was asked. */
  readonly at: number;
  readonly sources: ReadonlyMap<string, GitSource>;
  readonly kustomizations: ReadonlyMap<string, KustomizationStatus>;
  readonly helmReleases: ReadonlyMap<string, HelmReleaseStatus>;
  readonly clusters: readonly WorkloadCluster[];
  /** Kinds that the bot may not read there, so that nothing is known of them. */
  readonly hidden: readonly string[];
}

export interface SilentManagement {
  readonly kind: 'silent';
  readonly management: string;
  readonly at: number;
  /** Milliseconds since the epoch, when it last answered, or when it was first asked in vain. */
  readonly since: number;
  readonly why: SilenceReason;
}

/** Why a management cluster tells nothing. */
export type SilenceReason =
  | 'no-answer'
  | 'failing'
  | 'refused'
  | 'certificate'
  | 'not-set-up'
  | 'no-flux'
  /** It shows an object that cannot be understood; to pass over it would be to call it gone. */
  | 'not-understood';
