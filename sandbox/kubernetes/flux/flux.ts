import type { ManagementCluster } from '../cluster.ts';
import type { KubeObject } from '../objects.ts';
import { same } from '../same.ts';
import type { Change } from '../store.ts';
import { Applier } from './applier.ts';
import type { Sources } from './build.ts';
import { conditionOf } from './conditions.ts';
import { EventRecorder } from './event-recorder.ts';
import { HelmController } from './helm-controller.ts';
import { identityOf } from './inventory.ts';
import { inventoryOf } from './kustomization-status.ts';
import { LifecycleController } from './lifecycle-controller.ts';
import type { Mischief } from './mischief.ts';
import { reconcileKustomization } from './reconcile-kustomization.ts';
import { SourceController } from './source-controller.ts';
import { artifactRevision, kustomizationOf, requestedAt } from './specs.ts';
import type { Timing } from './timing.ts';
import { WorkQueue } from './work-queue.ts';

export interface FluxOptions {
  readonly cluster: ManagementCluster;
  readonly sources: Sources;
  readonly isOurs: (url: string) => boolean;
  readonly timing: Timing;
  /** Kustomizations that somebody else writes the status of. */
  readonly leaveAlone?: (object: KubeObject) => boolean;
}

/** Nothing takes any time, and what fails is not waited for: how a cluster becomes what it long has been. */
const AT_ONCE = { fetchMs: 0, applyMs: 0, longestTimeoutMs: 100 } as const satisfies Timing;

const ROUNDS = 5;

/** Flux on one management cluster, with what else changes objects there. */
export class Flux {
  readonly cluster: ManagementCluster;
  readonly applier: Applier;
  readonly sources: SourceController;
  readonly lifecycle: LifecycleController;
  readonly mischief = new Map<string, Mischief>();
  readonly #kustomizations: WorkQueue;
  readonly #helm: HelmController;
  readonly #events: EventRecorder;
  readonly #options: FluxOptions;
  readonly #end: () => void;
  #timing: Timing;
  #closed = false;

  constructor(options: FluxOptions) {
    const { cluster, sources, isOurs, timing } = options;
    this.cluster = cluster;
    this.#options = options;
    this.#timing = timing;
    this.applier = new Applier(cluster);
    this.#events = new EventRecorder(cluster.store);
    const shared = { cluster, events: this.#events, timing: () => this.#timing };
    this.sources = new SourceController({ ...shared, repository: sources.repository, isOurs });
    const parts = {
      ...shared,
      sources,
      applier: this.applier,
      mischief: this.mischief,
      closed: () => this.#closed,
    };
    this.#kustomizations = new WorkQueue(async (key) => {
      const [namespace = '', name = ''] = key.split('/');
      const again = await reconcileKustomization(parts, namespace, name);
      if (again) this.#kustomizations.addAfter(key, again.afterMs);
    }, 10);
    this.#helm = new HelmController(shared);
    this.lifecycle = new LifecycleController(shared);
    this.#end = cluster.store.onChange((change) => this.#see(change));
  }

  /** Looks at one Kustomization now. */
  reconcile(key: string): void {
    this.#kustomizations.add(key);
  }

  /** From now on nothing takes any time, until `settle` is through. */
  settling(): void {
    this.#timing = { ...this.#options.timing, ...AT_ONCE };
  }

  /** Does at once all there is to do, again for what failed as long as that helps. */
  async settle(): Promise<void> {
    this.settling();
    let failing = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS; round += 1) {
      await this.idle();
      const behind = this.cluster.store.list('kustomizations').filter((each) => !isReady(each));
      if (behind.length === 0 || behind.length >= failing) break;
      failing = behind.length;
      for (const { metadata } of behind) this.reconcile(`${metadata.namespace}/${metadata.name}`);
    }
    this.#events.forget();
    this.#timing = this.#options.timing;
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    for (let quiet = 0; quiet < 2; quiet += 1) for (const queue of this.#queues()) await queue.idle();
  }

  close(): void {
    this.#closed = true;
    this.#end();
    for (const queue of this.#queues()) queue.close();
  }

  #queues(): readonly WorkQueue[] {
    return [this.sources.queue, this.#kustomizations, this.#helm.queue, this.lifecycle.queue];
  }

  #see(change: Change): void {
    const { plural, object, type } = change;
    const key = `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    switch (plural) {
      case 'gitrepositories':
        if (wantsWork(change)) this.sources.queue.add(key);
        if (movedOn(change)) this.#followers(object);
        return;
      case 'kustomizations':
        if (this.#options.leaveAlone?.(object)) return;
        if (type === 'DELETED') this.#finalize(object, key);
        else if (wantsWork(change)) this.#kustomizations.add(key);
        return;
      case 'helmreleases':
        if (wantsWork(change)) this.#helm.queue.add(key);
        return;
      case 'clusters':
      case 'clusterdeployments':
        if (wantsWork(change)) this.lifecycle.queue.add(`${plural}/${key}`);
        return;
      default:
        return;
    }
  }

  /** Whoever follows a source is looked at as soon as it has a new revision. */
  #followers(source: KubeObject): void {
    const revision = artifactRevision(source);
    for (const each of this.cluster.store.list('kustomizations')) {
      if (this.#options.leaveAlone?.(each)) continue;
      const ref = kustomizationOf(each)?.sourceRef;
      const namespace = ref?.namespace ?? each.metadata.namespace;
      if (ref?.name !== source.metadata.name || namespace !== source.metadata.namespace) continue;
      if (isReady(each) && each.status?.['lastAttemptedRevision'] === revision) continue;
      this.reconcile(`${each.metadata.namespace}/${each.metadata.name}`);
    }
  }

  /** A Kustomization that prunes takes with it what it applied. */
  #finalize(object: KubeObject, key: string): void {
    this.#kustomizations.forget(key);
    const spec = kustomizationOf(object);
    if (!spec?.prune || spec.kubeConfig !== undefined || spec.suspend) return;
    for (const { id } of inventoryOf(object)) this.applier.delete(identityOf(id));
  }
}

function isReady(object: KubeObject): boolean {
  return conditionOf(object, 'Ready')?.status === 'True';
}

/** What is new, what has a new spec, and what somebody asked for. */
function wantsWork({ type, object, previous }: Change): boolean {
  if (type === 'DELETED') return false;
  return (
    previous === undefined ||
    previous.metadata.generation !== object.metadata.generation ||
    requestedAt(previous) !== requestedAt(object)
  );
}

function movedOn({ type, object, previous }: Change): boolean {
  if (type === 'DELETED') return false;
  const before = previous && artifactRevision(previous);
  return !same(before, artifactRevision(object));
}
