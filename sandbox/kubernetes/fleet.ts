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
import { isLarge, type LargeFleet, type LargeOptions, largeFleet } from './large.ts';
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

/** The management clusters of the sandbox, with Flux on each. */
export interface Fleet {
  readonly members: readonly Member[];
  readonly large: LargeFleet | undefined;
  readonly site: Site;
  /** Resolves when the clusters are what they would be had they long been running. */
  readonly ready: Promise<void>;
  member(name: string): Member | undefined;
  /** @param url where the fleet's site is mounted. */
  kubeconfig(whose: 'bot' | 'admin', url: string): string;
  /** Tells that something on any cluster has changed; returns what ends the telling. */
  onChange(listener: () => void): () => void;
  /** Tells that something beside the clusters' objects has changed. */
  changed(): void;
  close(): Promise<void>;
}

const BOOKMARK_MS = 60_000;

/** Starts the management clusters that stand in the repository. */
export async function startFleet(parts: FleetParts, options: FleetOptions = {}): Promise<Fleet> {
  const { repository, defaultBranch, now, faults } = parts;
  const commit = repository.ref(`refs/heads/${defaultBranch}`) ?? '';
  const sources: Sources = { repository, manifests: new Manifests(repository) };
  const timing: Timing = { ...TIMING, ...options.timing };
  const ours = new Set([addressOf(parts.cloneUrl)]);
  const found = await discover(repository, commit, options.flux);
  const members = found.map((each): Member => {
    const cluster = new ManagementCluster(each, each.installed, { now });
    const isOurs = (url: string) => ours.has(addressOf(url));
    return { cluster, flux: new Flux({ cluster, sources, isOurs, timing, leaveAlone: isLarge }) };
  });
  const clusters = new Map(members.map(({ cluster }) => [cluster.name, cluster]));
  const site = kubernetesSite({ faults, clusters, bookmarkMs: options.bookmarkMs ?? BOOKMARK_MS });
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  for (const { cluster } of members) cluster.store.onChange(changed);
  const [first] = members;
  const large = options.large && first ? largeFleet(first, options.large) : undefined;
  const ready = Promise.all(
    members.map(({ flux }, at) => bootstrap({ flux, sources, commit, ours, parts, place: found[at] })),
  ).then(() => large?.start());
  ready.catch((error: unknown) => console.error('sandbox: failed to start the clusters:', error));
  return {
    members,
    large,
    site,
    ready,
    member: (name) => members.find(({ cluster }) => cluster.name === name),
    kubeconfig: (whose, url) =>
      kubeconfig(
        members.map(({ cluster: { name, tokens } }) =>
          whose === 'bot'
            ? { name, server: `${url}/${name}`, token: tokens.bot }
            : { name, server: `${url}/${name}~${tokens.admin}`, token: tokens.admin },
        ),
      ),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changed,
    close: async () => {
      large?.stop();
      await ready.catch(() => undefined);
      await Promise.all(members.map(({ flux }) => flux.close()));
    },
  };
}

interface Bootstrapping {
  readonly flux: Flux;
  readonly sources: Sources;
  readonly commit: string;
  /** URLs of sources that are the sandbox's repository. */
  readonly ours: Set<string>;
  readonly parts: FleetParts;
  readonly place: Discovered | undefined;
}

async function bootstrap({ flux, sources, commit, ours, parts, place }: Bootstrapping): Promise<void> {
  if (!place) return;
  const fallback = { branch: parts.defaultBranch, url: parts.cloneUrl };
  const { source, kustomization } = await bootstrapOf(sources, commit, place.folder, fallback);
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
