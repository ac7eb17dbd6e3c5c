import type { ManagementCluster } from '../cluster.ts';
import type { KubeObject } from '../objects.ts';
import { type Condition, conditionsOf, type NewCondition, withCondition } from './conditions.ts';
import type { EventRecorder } from './event-recorder.ts';
import { sleep } from './sleep.ts';
import type { Timing } from './timing.ts';
import { WorkQueue } from './work-queue.ts';

interface HelmParts {
  readonly cluster: ManagementCluster;
  readonly events: EventRecorder;
  readonly timing: () => Timing;
}

/** Says of every HelmRelease that it was installed, or upgraded when it changed; no chart is ever fetched. */
export class HelmController {
  readonly queue = new WorkQueue((key) => this.#reconcile(key), 4);
  readonly #parts: HelmParts;

  constructor(parts: HelmParts) {
    this.#parts = parts;
  }

  async #reconcile(key: string): Promise<void> {
    const [namespace = '', name = ''] = key.split('/');
    const { store } = this.#parts.cluster;
    const before = store.get('helmreleases', namespace, name);
    if (!before || before.spec?.['suspend'] === true) return;
    if (before.status?.['observedGeneration'] === before.metadata.generation) return;
    const upgrade = before.metadata.generation > 1;
    const doing = `Running '${upgrade ? 'upgrade' : 'install'}' action with timeout of 5m0s`;
    this.#write(before, [
      { type: 'Ready', status: 'Unknown', reason: 'Progressing', message: doing },
      { type: 'Reconciling', status: 'True', reason: 'Progressing', message: doing },
    ]);
    await sleep(this.#parts.timing().applyMs);
    const now = store.get('helmreleases', namespace, name);
    if (!now) return;
    const reason = upgrade ? 'UpgradeSucceeded' : 'InstallSucceeded';
    const message = `Helm ${upgrade ? 'upgrade' : 'install'} succeeded for release ${namespace}/${name}.v${now.metadata.generation}`;
    this.#write(
      now,
      [
        { type: 'Ready', status: 'True', reason, message },
        { type: 'Released', status: 'True', reason, message },
      ],
      before.metadata.generation,
    );
    this.#parts.events.record(now, { type: 'Normal', reason, message, by: 'helm-controller' });
  }

  #write(object: KubeObject, set: readonly NewCondition[], observedGeneration?: number): void {
    const { store } = this.#parts.cluster;
    const { namespace = '', name, generation } = object.metadata;
    const at = { generation, time: store.time() };
    const kept = conditionsOf(object).filter(({ type }) => type !== 'Reconciling');
    const conditions = set.reduce<readonly Condition[]>((all, next) => withCondition(all, next, at), kept);
    const observed =
      observedGeneration === undefined
        ? {}
        : { observedGeneration, lastAttemptedGeneration: observedGeneration };
    store.writeStatus('helmreleases', namespace, name, { ...object.status, conditions, ...observed });
  }
}
