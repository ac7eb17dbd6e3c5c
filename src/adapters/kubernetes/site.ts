import type { SeenManagement, SilentManagement } from '../../domain/rollout/objects.ts';
import { PermanentError } from '../../errors.ts';
import type { Connection } from './connection.ts';
import { discover, KIND_NAMES, KINDS, type KindName, NEEDED, type Served } from './kinds.ts';
import { silenceReason } from './kubernetes-failure.ts';
import {
  projectCluster,
  projectClusterDeployment,
  projectGitRepository,
  projectHelmRelease,
  projectKustomization,
} from './project.ts';
import { createProjection } from './projection.ts';
import { createShelf, type Shelf } from './shelf.ts';

function createProjections() {
  return {
    sources: createProjection(projectGitRepository),
    kustomizations: createProjection(projectKustomization),
    helmReleases: createProjection(projectHelmRelease),
    clusters: createProjection(projectCluster),
    clusterDeployments: createProjection(projectClusterDeployment),
  };
}

/** One shelf a kind. */
export function createShelves({ projections }: Site) {
  return {
    sources: createShelf(projections.sources),
    kustomizations: createShelf(projections.kustomizations),
    helmReleases: createShelf(projections.helmReleases),
    clusters: createShelf(projections.clusters),
    clusterDeployments: createShelf(projections.clusterDeployments),
  } satisfies Record<KindName, Shelf<unknown>>;
}

export type Shelves = ReturnType<typeof createShelves>;

/** What the shelves hold, as it stands now and stays. */
export function toView(
  management: string,
  at: number,
  shelves: Shelves,
  hidden: Iterable<KindName>,
): SeenManagement {
  return {
    kind: 'seen',
    management,
    at,
    sources: shelves.sources.show(),
    kustomizations: shelves.kustomizations.show(),
    helmReleases: shelves.helmReleases.show(),
    clusters: [...shelves.clusters.show().values(), ...shelves.clusterDeployments.show().values()],
    hidden: [...hidden].map((name) => KINDS[name].plural),
  };
}

/** Whether a kind may simply not be read, while the others may: then it is named, and the rest is shown. */
export function isHidden(kind: KindName, error: unknown): boolean {
  return error instanceof PermanentError && error.code === 'forbidden' && !NEEDED.includes(kind);
}

/** What is remembered of a management cluster between two looks. */
export interface Site {
  readonly connection: Connection;
  readonly projections: ReturnType<typeof createProjections>;
  /** What it serves, asked of it when that is not known or no longer true. */
  served(): Promise<Served>;
  /** It was heard from. */
  heard(): void;
  /** It could not be read: what is to be said instead. */
  silent(error: unknown): SilentManagement;
}

/** What a cluster serves is asked again after this time, in milliseconds: operators are upgraded. */
const SERVED_KEPT_MS = 600_000;

export function createSite(
  management: string,
  connection: Connection,
  now: () => number,
  onSilence: (silence: SilentManagement, error: unknown) => void,
): Site {
  let served: { readonly answer: Served; readonly at: number } | undefined;
  let heardAt: number | undefined;
  let silence: SilentManagement | undefined;
  return {
    connection,
    projections: createProjections(),
    async served() {
      if (served === undefined || now() - served.at > SERVED_KEPT_MS) {
        served = { answer: await discover(connection), at: now() };
      }
      return served.answer;
    },
    heard() {
      heardAt = now();
      silence = undefined;
    },
    silent(error) {
      if (isGone(error)) served = undefined;
      const why = silenceReason(error);
      const told = silence?.why;
      silence = { kind: 'silent', management, at: now(), since: silence?.since ?? heardAt ?? now(), why };
      if (told !== why) onSilence(silence, error);
      return silence;
    },
  };
}

/** Whether a path is not there, so that the cluster no longer serves what it served. */
export function isGone(error: unknown): boolean {
  return error instanceof PermanentError && error.code === 'not-found';
}

/** The kinds that a cluster serves, each with the path of its list. */
export function pathsOf(served: Served): readonly (readonly [KindName, string])[] {
  return KIND_NAMES.flatMap((kind) => {
    const base = served.get(kind);
    return base === undefined ? [] : [[kind, `${base}/${KINDS[kind].plural}`] as const];
  });
}
