import { clusterStatus } from './flux/lifecycle-controller.ts';
import { artifactRevision } from './flux/specs.ts';
import { LARGE_LABEL, largeKustomization, largeStatus } from './large-objects.ts';
import type { Member } from './member.ts';
import type { Fields, KubeObject } from './objects.ts';
import type { Change } from './store.ts';

export interface LargeOptions {
  readonly workloadClusters: number;
  /** On each workload cluster. */
  readonly kustomizations: number;
  /** In each inventory; 20 when left out. */
  readonly entries?: number;
  /** How long (ms) all of them together take to apply a new revision; a minute when left out. */
  readonly rollMs?: number;
}

export interface Roll {
  /** How many Kustomizations change; all when left out. */
  readonly count?: number;
  /** Over how long (ms); at once for 0. */
  readonly overMs?: number;
  /** The revision that they apply; their source's when left out. */
  readonly revision?: string;
}

const TICK_MS = 50;
const ROLL_MS = 60_000;
const ENTRIES = 20;

/** Whether Flux leaves the status of this object to the generator. */
export function isLarge({ metadata }: Pick<KubeObject, 'metadata'>): boolean {
  return metadata.labels?.[LARGE_LABEL] !== undefined;
}

interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** Many more Kustomizations than are built: their status is made directly. */
export class LargeFleet {
  readonly #member: Member;
  readonly #options: LargeOptions;
  /** Those under way, and what lets go of whoever waits for them. */
  readonly #rolls = new Map<NodeJS.Timeout, () => void>();
  #keys: readonly Named[] = [];
  #source: Named | undefined;
  #end: () => void = () => undefined;

  constructor(member: Member, options: LargeOptions) {
    this.#member = member;
    this.#options = options;
  }

  /** Makes them, once the sources are there. */
  start(): void {
    const { store } = this.#member.cluster;
    const sources = store.list('gitrepositories');
    const chosen = sources.find(({ metadata }) => metadata.name === 'release') ?? sources[0];
    if (!chosen) return;
    const { name, namespace = '' } = chosen.metadata;
    this.#source = { name, namespace };
    const options = { ...this.#options, entries: this.#options.entries ?? ENTRIES };
    this.#keys = populate(store, options, this.#source, this.#revision() ?? '');
    this.#end = store.onChange((change) => this.#see(change));
  }

  /** Lets some of them apply a revision, each by way of Progressing. Resolves when the last one has. */
  roll(roll: Roll): Promise<void> {
    const {
      count = this.#keys.length,
      overMs = this.#options.rollMs ?? ROLL_MS,
      revision = this.#revision(),
    } = roll;
    const chosen = this.#keys.slice(0, count);
    if (revision === undefined || chosen.length === 0) return Promise.resolve();
    const step = overMs <= 0 ? chosen.length : Math.ceil((chosen.length * TICK_MS) / overMs);
    return new Promise((resolve) => {
      let at = 0;
      const timer = setInterval(() => {
        for (const key of chosen.slice(Math.max(0, at - step), at)) this.#write(key, revision, true);
        for (const key of chosen.slice(at, at + step)) this.#write(key, revision, false);
        at += step;
        if (at - step < chosen.length) return;
        clearInterval(timer);
        this.#rolls.delete(timer);
        resolve();
      }, TICK_MS);
      this.#rolls.set(timer, resolve);
    });
  }

  /** Looks at one again, as after it was broken or mended. */
  touch(key: string): void {
    const [namespace = '', name = ''] = key.split('/');
    this.#write({ namespace, name }, this.#revision() ?? '', true);
  }

  stop(): void {
    this.#end();
    this.#endRolls();
  }

  #endRolls(): void {
    for (const [timer, resolve] of this.#rolls) {
      clearInterval(timer);
      resolve();
    }
    this.#rolls.clear();
  }

  #revision(): string | undefined {
    const { store } = this.#member.cluster;
    const object = this.#source && store.get('gitrepositories', this.#source.namespace, this.#source.name);
    return object && artifactRevision(object);
  }

  #write({ namespace, name }: Named, revision: string, done: boolean): void {
    const { cluster, flux } = this.#member;
    const object = cluster.store.get('kustomizations', namespace, name);
    if (!object || object.spec?.['suspend'] === true) return;
    const broken = flux.mischief.get(`${namespace}/${name}`);
    const status = largeStatus(object, { revision, done, broken, time: cluster.store.time() });
    cluster.store.writeStatus('kustomizations', namespace, name, status);
  }

  #see({ plural, object, previous, type }: Change): void {
    if (plural !== 'gitrepositories' || type === 'DELETED' || previous === undefined) return;
    const { namespace, name } = object.metadata;
    if (name !== this.#source?.name || namespace !== this.#source.namespace) return;
    const revision = artifactRevision(object);
    if (revision === undefined || revision === artifactRevision(previous)) return;
    // One that is under way is overtaken.
    this.#endRolls();
    void this.roll({ revision });
  }
}

function populate(
  store: Member['cluster']['store'],
  { workloadClusters, kustomizations, entries }: Required<Omit<LargeOptions, 'rollMs'>>,
  source: Named,
  revision: string,
): readonly Named[] {
  const keys: Named[] = [];
  for (let at = 1; at <= workloadClusters; at += 1) {
    const namespace = `large-${String(at).padStart(3, '0')}`;
    store.create(
      'namespaces',
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      { phase: 'Active' },
    );
    const made = store.create('clusters', largeCluster(namespace));
    const status = clusterStatus(made, { phase: 'Provisioned', available: true }, store.time());
    store.writeStatus('clusters', namespace, namespace, status);
    for (let each = 1; each <= kustomizations; each += 1) {
      const name = `app-${String(each).padStart(3, '0')}`;
      const { manifest, status: first } = largeKustomization({
        namespace,
        name,
        source,
        revision,
        entries,
        time: store.time(),
      });
      store.create('kustomizations', manifest, first);
      keys.push({ namespace, name });
    }
  }
  store.expire();
  return keys;
}

function largeCluster(name: string): {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace: string };
  spec: Fields;
} {
  return {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'Cluster',
    metadata: { name, namespace: name },
    spec: { clusterNetwork: { services: { cidrBlocks: ['10.96.0.0/16'] } } },
  };
}
