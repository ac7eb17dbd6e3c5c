import type { ManagementCluster } from './cluster.ts';
import type { Flux } from './flux/flux.ts';

/** A management cluster with the Flux that runs on it. */
export interface Member {
  readonly cluster: ManagementCluster;
  readonly flux: Flux;
}
