import type { ManagementCluster } from '../cluster.ts';
import type { Fields, KubeObject } from '../objects.ts';
import type { Plural } from '../resources.ts';
import { conditionsOf, withCondition } from './conditions.ts';
import { sleep } from './sleep.ts';
import type { Timing } from './timing.ts';
import { WorkQueue } from './work-queue.ts';

/** How a workload cluster stands with whoever makes it. */
export interface LifecycleState {
  readonly phase: 'Pending' | 'Provisioning' | 'Provisioned' | 'Deleting' | 'Failed' | 'Unknown';
  readonly available: boolean;
}

interface LifecycleParts {
  readonly cluster: ManagementCluster;
  readonly timing: () => Timing;
}

/** Makes workload clusters, so far as their objects tell of it: Cluster API's `Cluster`, Hive's `ClusterDeployment`. */
export class LifecycleController {
  readonly queue = new WorkQueue((key) => this.#reconcile(key), 4);
  readonly #parts: LifecycleParts;
  /** What somebody set by hand, by `plural/namespace/name`. */
  readonly #fixed = new Map<string, LifecycleState>();

  constructor(parts: LifecycleParts) {
    this.#parts = parts;
  }

  /** Sets how a cluster stands, or (undefined) lets it be provisioned again. */
  fix(key: string, state: LifecycleState | undefined): void {
    if (state) this.#fixed.set(key, state);
    else this.#fixed.delete(key);
    this.queue.add(key);
  }

  async #reconcile(key: string): Promise<void> {
    const [plural, namespace = '', name = ''] = key.split('/');
    if (plural !== 'clusters' && plural !== 'clusterdeployments') return;
    const { store } = this.#parts.cluster;
    const fixed = this.#fixed.get(key);
    const object = store.get(plural, namespace, name);
    if (object && !fixed && object.status === undefined) {
      write(store, plural, object, { phase: 'Provisioning', available: false });
      await sleep(this.#parts.timing().applyMs);
    }
    const now = store.get(plural, namespace, name);
    if (now) write(store, plural, now, fixed ?? { phase: 'Provisioned', available: true });
  }
}

function write(
  store: ManagementCluster['store'],
  plural: Plural,
  object: KubeObject,
  state: LifecycleState,
): void {
  const { namespace = '', name } = object.metadata;
  const status =
    plural === 'clusters'
      ? clusterStatus(object, state, store.time())
      : hiveStatus(object, state, store.time());
  store.writeStatus(plural, namespace, name, status);
}

/** The status of a `Cluster` in v1beta2. Provisioned is not available: the condition alone tells. */
export function clusterStatus(
  object: KubeObject,
  { phase, available }: LifecycleState,
  time: string,
): Fields {
  const provisioned = phase === 'Provisioned';
  const generation = object.metadata.generation;
  const conditions = withCondition(
    conditionsOf(object),
    {
      type: 'Available',
      status: available ? 'True' : 'False',
      reason: available ? 'Available' : 'NotAvailable',
      message: available ? '' : '* ControlPlaneAvailable: Control plane is not available',
    },
    { generation, time },
  );
  return {
    phase,
    conditions,
    observedGeneration: generation,
    initialization: { controlPlaneInitialized: provisioned, infrastructureProvisioned: provisioned },
  };
}

function hiveStatus(object: KubeObject, { phase, available }: LifecycleState, time: string): Fields {
  const installed = phase === 'Provisioned';
  const condition = (type: string, holds: boolean, reason: string) => ({
    type,
    status: holds ? 'True' : 'False',
    reason,
    message: reason,
    lastProbeTime: time,
    lastTransitionTime: time,
  });
  return {
    ...object.status,
    powerState: available ? 'Running' : 'Unknown',
    conditions: [
      condition('Provisioned', installed, installed ? 'Provisioned' : phase),
      condition(
        'ProvisionFailed',
        phase === 'Failed',
        phase === 'Failed' ? 'InstallFailed' : 'ProvisionSucceeded',
      ),
      condition(
        'Unreachable',
        installed && !available,
        available ? 'ClusterReachable' : 'ErrorConnectingToCluster',
      ),
      condition('Hibernating', false, 'Running'),
      condition('Ready', available, available ? 'Running' : 'NotReady'),
    ],
  };
}
