import type { ManagementCluster } from '../cluster.ts';
import type { Applier } from './applier.ts';
import type { Sources } from './build.ts';
import type { EventRecorder } from './event-recorder.ts';
import type { Mischief } from './mischief.ts';
import type { Timing } from './timing.ts';

export interface KustomizeParts {
  readonly cluster: ManagementCluster;
  readonly sources: Sources;
  readonly applier: Applier;
  readonly events: EventRecorder;
  readonly timing: () => Timing;
  /** What somebody broke, by `namespace/name`. */
  readonly mischief: ReadonlyMap<string, Mischief>;
  /** Whether the sandbox is ending, so that nothing is worth waiting for. */
  readonly closed: () => boolean;
}

/** After how long it is looked at again; `undefined` when only a change brings it back. */
export type Again = { readonly afterMs: number } | undefined;
