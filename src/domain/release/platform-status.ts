import { parseTitle } from '../convention.ts';
import { findSource } from '../delivery.ts';
import type { FluxKustomization, Platform, Source } from '../platform.ts';
import { environmentRules, type Policy } from '../policy.ts';
import type { ReleaseFacts } from './release-facts.ts';
import type { NoteEntry } from './release-notes.ts';
import { highestTag, proposeVersion, type VersionProposal, versionOf } from './version.ts';

/** What a cluster runs through one source. */
export interface Running {
  /** Undefined when its source is not declared in the repository. */
  readonly follows: Source['ref'] | undefined;
  /** How many of the cluster's Kustomizations follow it. */
  readonly kustomizations: number;
  /** How many of these stand still, by themselves or by their source. */
  readonly suspended: number;
}

export interface ClusterStatus {
  /** Undefined for the management cluster itself. */
  readonly cluster: string | undefined;
  readonly management: string;
  /** Environments whose files it applies. */
  readonly environments: readonly string[];
  readonly production: boolean;
  readonly runs: readonly Running[];
}

/** An open pull request, as far as a status tells of it. */
export interface OpenPull {
  readonly number: number;
  readonly url: string;
  readonly title: string;
}

/** Where a platform stands by its repository: what runs where, what waits, what is under way. */
export interface PlatformStatus {
  /** Production last. */
  readonly clusters: readonly ClusterStatus[];
  /** The last release's tag. */
  readonly last: string | undefined;
  /** What waits for the next release; undefined when it is not known now. */
  readonly waiting:
    | { readonly entries: readonly NoteEntry[]; readonly proposal: VersionProposal }
    | undefined;
  readonly promotions: readonly OpenPull[];
  readonly requests: readonly OpenPull[];
  readonly tagsWithoutRelease: readonly string[];
}

export interface StatusFacts {
  readonly tags: ReleaseFacts['tags'];
  readonly releases: ReleaseFacts['releases'];
  /** What the default branch holds that the last release does not; undefined when it is not known now. */
  readonly entries: readonly NoteEntry[] | undefined;
  readonly openPulls: readonly OpenPull[];
}

/** Where a platform stands, from its repository and what GitHub says of it. */
export function platformStatus(platform: Platform, policy: Policy, facts: StatusFacts): PlatformStatus {
  const last = highestTag(facts.tags, policy.release.tagPrefix)?.name;
  return {
    clusters: clusterStatuses(platform, policy),
    last,
    waiting: facts.entries && {
      entries: facts.entries,
      proposal: proposeVersion(last, facts.entries, policy),
    },
    promotions: facts.openPulls.filter(({ title }) => isPromotion(title)),
    requests: facts.openPulls.filter(({ title }) => isRequest(title)),
    tagsWithoutRelease: tagsWithoutRelease(facts, policy.release.tagPrefix),
  };
}

/**
 * Tags above the last one that has a release, the newest version first; a draft is none yet. Where no tag has one, the
 * newest alone: what lies below can be told by nobody any more.
 */
export function tagsWithoutRelease(
  { tags, releases }: Pick<StatusFacts, 'tags' | 'releases'>,
  prefix: string,
): readonly string[] {
  const released = new Set(releases.filter(({ isDraft }) => !isDraft).map(({ tag }) => tag));
  const versions = tags
    .flatMap(({ name }) => {
      const version = versionOf(name, prefix);
      return version === undefined ? [] : [{ name, version }];
    })
    .toSorted((one, other) => other.version.compare(one.version))
    .map(({ name }) => name);
  const last = versions.findIndex((name) => released.has(name));
  return versions.slice(0, last < 0 ? 1 : last);
}

function isPromotion(title: string): boolean {
  const parsed = parseTitle(title);
  return parsed?.scope === 'chore' && parsed.area === 'release' && /^promote\b/.test(parsed.subject);
}

function isRequest(title: string): boolean {
  return parseTitle(title)?.scope === 'tenants';
}

/** What every cluster runs and which environments it serves, production last. */
export function clusterStatuses(platform: Platform, policy: Policy): readonly ClusterStatus[] {
  const byCluster = Map.groupBy(platform.kustomizations, ({ management, cluster }) =>
    JSON.stringify([management, cluster]),
  );
  return [...byCluster.values()]
    .flatMap((own) => {
      const [first] = own;
      return first === undefined ? [] : [clusterStatus(first, own, platform, policy)];
    })
    .toSorted(
      (one, other) =>
        Number(one.production) - Number(other.production) ||
        Number(one.cluster !== undefined) - Number(other.cluster !== undefined) ||
        `${one.cluster ?? ''} ${one.management}`.localeCompare(
          `${other.cluster ?? ''} ${other.management}`,
          'en',
        ),
    );
}

function clusterStatus(
  { management, cluster }: FluxKustomization,
  own: readonly FluxKustomization[],
  platform: Platform,
  policy: Policy,
): ClusterStatus {
  const known = new Set([
    ...policy.environments.map(({ name }) => name),
    ...platform.clouds.flatMap(({ environments }) => environments),
  ]);
  const environments = [...new Set(own.flatMap(({ applies }) => applies.split('/')))]
    .filter((segment) => known.has(segment))
    .sort();
  return {
    cluster,
    management,
    environments,
    // The management cluster holds every environment's definitions, and belongs to none of them.
    production:
      cluster !== undefined && environments.some((name) => environmentRules(policy, name).production),
    runs: runningOf(own, platform),
  };
}

function runningOf(own: readonly FluxKustomization[], platform: Platform): readonly Running[] {
  const sourced = own.map((kustomization) => ({
    kustomization,
    source: findSource(kustomization, platform),
  }));
  const byRef = Map.groupBy(sourced, ({ source }) => JSON.stringify(source?.ref ?? null));
  return [...byRef.values()].map((each) => ({
    follows: each[0]?.source?.ref,
    kustomizations: each.length,
    suspended: each.filter(({ kustomization, source }) => kustomization.suspended || source?.suspended)
      .length,
  }));
}
