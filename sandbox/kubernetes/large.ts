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

/** Many more Kustomizations than are built: their status is made directly. */
export interface LargeFleet {
  /** Makes them, once the sources are there. */
  start(): void;
  /** Lets some of them apply a revision, each by way of Progressing. Resolves when the last one has. */
  roll(roll: Roll): Promise<void>;
  /** Looks at one again, as after it was broken or mended. */
  touch(key: string): void;
  stop(): void;
}

const TICK_MS = 50;
const ROLL_MS = 60_000;
const ENTRIES = 20;

/** Whether Flux leaves the status of this object to the generator. */
export function isLarge({ metadata }: Pick<KubeObject, 'metadata'>): boolean {
  return metadata.labels?.[LARGE_LABEL] !== undefined;
}

export function largeFleet({ cluster, flux }: Member, options: LargeOptions): LargeFleet {
  const { store } = cluster;
  const { rollMs = ROLL_MS } = options;
  const keys: { readonly namespace: string; readonly name: string }[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let source: { readonly namespace: string; readonly name: string } | undefined;
  let end: () => void = () => undefined;

  const revisionNow = () => {
    const object = source && store.get('gitrepositories', source.namespace, source.name);
    return object && artifactRevision(object);
  };

  function write(
    { namespace, name }: { namespace: string; name: string },
    revision: string,
    done: boolean,
  ): void {
    const object = store.get('kustomizations', namespace, name);
    if (!object || object.spec?.['suspend'] === true) return;
    const broken = flux.mischief.get(`${namespace}/${name}`);
    store.writeStatus(
      'kustomizations',
      namespace,
      name,
      largeStatus(object, { revision, done, broken, time: store.time() }),
    );
  }

  function roll({ count = keys.length, overMs = rollMs, revision = revisionNow() }: Roll): Promise<void> {
    const chosen = keys.slice(0, count);
    if (revision === undefined || chosen.length === 0) return Promise.resolve();
    const step = overMs <= 0 ? chosen.length : Math.ceil((chosen.length * TICK_MS) / overMs);
    let at = 0;
    const tick = (): boolean => {
      for (const key of chosen.slice(Math.max(0, at - step), at)) write(key, revision, true);
      for (const key of chosen.slice(at, at + step)) write(key, revision, false);
      at += step;
      return at - step < chosen.length;
    };
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        if (tick()) return;
        clearInterval(timer);
        timers.delete(timer);
        resolve();
      }, TICK_MS);
      timers.add(timer);
    });
  }

  function see({ plural, object, previous, type }: Change): void {
    if (plural !== 'gitrepositories' || type === 'DELETED' || previous === undefined) return;
    const { namespace, name } = object.metadata;
    if (name !== source?.name || namespace !== source.namespace) return;
    const revision = artifactRevision(object);
    if (revision !== undefined && revision !== artifactRevision(previous)) void roll({ revision });
  }

  return {
    start: () => {
      const sources = store.list('gitrepositories');
      const chosen = sources.find(({ metadata }) => metadata.name === 'release') ?? sources[0];
      if (!chosen) return;
      const { name, namespace = '' } = chosen.metadata;
      source = { name, namespace };
      keys.push(
        ...populate(store, { ...options, entries: options.entries ?? ENTRIES }, source, revisionNow() ?? ''),
      );
      end = store.onChange(see);
    },
    roll,
    touch: (key) => {
      const [namespace = '', name = ''] = key.split('/');
      write({ namespace, name }, revisionNow() ?? '', true);
    },
    stop: () => {
      end();
      for (const timer of timers) clearInterval(timer);
    },
  };
}

function populate(
  store: Member['cluster']['store'],
  { workloadClusters, kustomizations, entries }: Required<Omit<LargeOptions, 'rollMs'>>,
  source: { readonly namespace: string; readonly name: string },
  revision: string,
): readonly { readonly namespace: string; readonly name: string }[] {
  const keys: { readonly namespace: string; readonly name: string }[] = [];
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
