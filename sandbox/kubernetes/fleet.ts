import type { Faults } from '../faults.ts';
import type { Site } from '../site.ts';
import { kubernetesSite } from './api/site.ts';
import { ManagementCluster } from './cluster.ts';
import { bootstrapOf, type Discovered, discover } from './discover.ts';
import type { Sources } from './flux/build.ts';
import { Flux } from './flux/flux.ts';
import { Manifests } from './flux/manifests.ts';
import type { Repository } from './flux/repository.ts';
import { gitRepositorySpec } from './flux/specs.ts';
import { TIMING, type Timing } from './flux/timing.ts';
import { kubeconfig } from './kubeconfig.ts';
import { isLarge, LargeFleet, type LargeOptions } from './large.ts';
import type { Member } from './member.ts';
import type { FluxLine } from './resources.ts';

export interface FleetOptions {
  /** Of all management clusters; when left out, the line that understands each one's manifests. */
  readonly flux?: FluxLine;
  readonly timing?: Partial<Timing>;
  /** Milliseconds between two bookmarks of a watch; a minute when left out. */
  readonly bookmarkMs?: number;
  /** Further workload clusters on the first management cluster, with the status made directly. */
  readonly large?: LargeOptions;
}

export interface FleetParts {
  readonly faults: Faults;
  readonly repository: Repository;
  readonly defaultBranch: string;
  readonly cloneUrl: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const BOOKMARK_MS = 60_000;

/** Starts the management clusters that stand in the repository. */
export async function startFleet(parts: FleetParts, options: FleetOptions = {}): Promise<Fleet> {
  const { repository, defaultBranch } = parts;
  const commit = repository.ref(`refs/heads/${defaultBranch}`) ?? '';
  const found = await discover(repository, commit, options.flux);
  return new Fleet({ ...parts, commit }, found, options);
}

/** The management clusters of the sandbox, with Flux on each. */
export class Fleet {
  readonly members: readonly Member[];
  readonly large: LargeFleet | undefined;
  readonly site: Site;
  /** Resolves when the clusters are what they would be had they long been running. */
  readonly ready: Promise<void>;
  readonly #listeners = new Set<() => void>();
  #closed = false;

  constructor(parts: FleetParts & Pinned, found: readonly Discovered[], options: FleetOptions) {
    const { repository, now, faults, cloneUrl } = parts;
    const sources: Sources = { repository, manifests: new Manifests(repository) };
    const timing: Timing = { ...TIMING, ...options.timing };
    const ours = new Set([addressOf(cloneUrl)]);
    const isOurs = (url: string) => ours.has(addressOf(url));
    this.members = found.map((each): Member => {
      const cluster = new ManagementCluster(each, each.installed, { now });
      cluster.store.onChange(() => this.changed());
      return { cluster, flux: new Flux({ cluster, sources, isOurs, timing, leaveAlone: isLarge }) };
    });
    const clusters = new Map(this.members.map(({ cluster }) => [cluster.name, cluster]));
    this.site = kubernetesSite({ faults, clusters, bookmarkMs: options.bookmarkMs ?? BOOKMARK_MS });
    const [first] = this.members;
    this.large = options.large && first ? new LargeFleet(first, options.large) : undefined;
    this.ready = Promise.all(
      this.members.map(({ flux }, at) => bootstrap({ flux, sources, ours, parts, place: found[at] })),
    ).then(() => this.large?.start());
    this.ready.catch((error: unknown) => {
      if (!this.#closed) console.error('sandbox: failed to start the clusters:', error);
    });
  }

  member(name: string): Member | undefined {
    return this.members.find(({ cluster }) => cluster.name === name);
  }

  /** @param url where the fleet's site is mounted. */
  kubeconfig(whose: 'bot' | 'admin', url: string): string {
    return kubeconfig(
      this.members.map(({ cluster: { name, tokens } }) =>
        whose === 'bot'
          ? { name, server: `${url}/${name}`, token: tokens.bot }
          : { name, server: `${url}/${name}~${tokens.admin}`, token: tokens.admin },
      ),
    );
  }

  /** Tells that something on any cluster has changed; returns what ends the telling. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Something beside the clusters' objects has changed. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  close(): void {
    this.#closed = true;
    this.large?.stop();
    for (const { flux } of this.members) flux.close();
  }
}

interface Pinned {
  /** Where the default branch stands at start. */
  readonly commit: string;
}

interface Bootstrapping {
  readonly flux: Flux;
  readonly sources: Sources;
  /** URLs of sources that are the sandbox's repository. */
  readonly ours: Set<string>;
  readonly parts: FleetParts & Pinned;
  readonly place: Discovered | undefined;
}

async function bootstrap({ flux, sources, ours, parts, place }: Bootstrapping): Promise<void> {
  if (!place) return;
  const fallback = { branch: parts.defaultBranch, url: parts.cloneUrl };
  const { source, kustomization } = await bootstrapOf(sources, parts.commit, place.folder, fallback);
  const url = gitRepositorySpec.safeParse(source['spec']).data?.url;
  if (url) ours.add(addressOf(url));
  const to = { kind: 'management' } as const;
  const namespaces = ['default', 'kube-system', kustomization.metadata.namespace ?? 'flux-system'];
  const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  flux.settling();
  flux.applier.apply([...namespaces.map(namespace), source, kustomization], to, {});
  await flux.settle();
}

/** One repository has several addresses: without scheme, user and suffix they are the same. */
function addressOf(url: string): string {
  return url
    .replace(/^\w+:\/\/(?:[^@/]*@)?/, '')
    .replace(/(?:\.git)?\/?$/, '')
    .toLowerCase();
}
