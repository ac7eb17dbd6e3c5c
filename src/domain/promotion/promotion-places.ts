import { deliveriesOf, findSource } from '../delivery.ts';
import type { FluxKustomization, Platform, Source } from '../platform.ts';
import { environmentRules, type Policy } from '../policy.ts';
import { type ClusterStatus, clusterStatuses } from '../release/platform-status.ts';
import { type ManagementCluster, managementClusters } from '../rollout/management-clusters.ts';
import { waveOf } from './wave-of.ts';

/** Where a promotion goes: one source of one management cluster, which one pull request turns. */
export interface PromotionPlace {
  /** `<cloud>-<version>-<environment>`; where several sources share these, the source's name follows. */
  readonly name: string;
  readonly cloud: string;
  /** Version of the management cluster; empty where its folder tells none. */
  readonly version: string;
  /** The production environments that the source serves, joined by a dash. */
  readonly environment: string;
  readonly environments: readonly string[];
  /** The management cluster's folder, such as `providers/aws/v1/mgmt`. */
  readonly management: string;
  readonly source: Source;
  /** Counted from 0. */
  readonly wave: number;
}

/** A Kustomization of ours with its source and the status of the cluster that it is for. */
interface Follower {
  readonly kustomization: FluxKustomization;
  readonly source: Source;
  readonly status: ClusterStatus | undefined;
}

/**
 * The places that a promotion can go to, by wave and name: per management cluster the sources that Kustomizations of
 * production clusters follow; where none can be told, the one that the policy names. What also carries something else
 * than production is never among them.
 */
export function promotionPlaces(platform: Platform, policy: Policy): readonly PromotionPlace[] {
  const followers = findFollowers(platform, policy);
  const places = allManagementClusters(platform, policy).flatMap((cluster) => {
    const told = toldSources(followers, cluster.folder);
    const sources = told.length > 0 ? told : namedSources(platform, policy, followers, cluster.folder);
    return sources.map((source) => placeOf(cluster, source, followers, platform, policy));
  });
  return withOwnNames(places)
    .map((place) => ({ ...place, wave: waveOf(place.name, policy.changes.waves) }))
    .toSorted((one, other) => one.wave - other.wave || one.name.localeCompare(other.name, 'en'));
}

function findFollowers(platform: Platform, policy: Policy): readonly Follower[] {
  const deliveryOf = deliveriesOf(platform);
  const key = (management: string, cluster: string | undefined) => JSON.stringify([management, cluster]);
  const statuses = new Map(
    clusterStatuses(platform, policy).map((each) => [key(each.management, each.cluster), each]),
  );
  return platform.kustomizations.flatMap((kustomization) => {
    const source = findSource(kustomization, platform);
    if (source === undefined || deliveryOf(kustomization) === undefined) return [];
    return [
      { kustomization, source, status: statuses.get(key(kustomization.management, kustomization.cluster)) },
    ];
  });
}

/** Those of the policy, and those that only the folders show: a list that forgets one must not hide production. */
function allManagementClusters(platform: Platform, policy: Policy): readonly ManagementCluster[] {
  const named = managementClusters(policy, platform);
  const found = managementClusters({ ...policy, clusters: [] }, platform);
  const folders = new Set(named.map(({ folder }) => folder));
  const both = [...named, ...found.filter(({ folder }) => !folders.has(folder))];
  return both.filter(({ folder }, index) => both.findIndex((each) => each.folder === folder) === index);
}

function toldSources(followers: readonly Follower[], folder: string): readonly Source[] {
  const serving = followers.filter(
    ({ kustomization, status }) => kustomization.management === folder && status?.production,
  );
  return [...new Set(serving.map(({ source }) => source))].filter((source) => carriesOnly(source, followers));
}

/**
 * Turning a source that other environments follow would promote to them, too; one that the source's own file comes
 * through would bring back the file as it was at the tag.
 */
function carriesOnly(source: Source, followers: readonly Follower[]): boolean {
  return followers.every((each) => {
    if (each.source !== source) return true;
    const { kustomization, status } = each;
    const isOther = status !== undefined && status.environments.length > 0 && !status.production;
    const isItself = kustomization.applies === '' || source.path.startsWith(`${kustomization.applies}/`);
    return !(isOther && kustomization.cluster !== undefined) && !isItself;
  });
}

function namedSources(
  platform: Platform,
  policy: Policy,
  followers: readonly Follower[],
  folder: string,
): readonly Source[] {
  const ours = new Set(followers.flatMap(({ source }) => source.url ?? []));
  const named = platform.sources.filter(
    ({ name, path, url }) =>
      name === policy.changes.source &&
      path.startsWith(`${folder}/`) &&
      (url === undefined || ours.size === 0 || ours.has(url)),
  );
  return named.filter((source) => carriesOnly(source, followers)).slice(0, 1);
}

type NamelessPlace = Omit<PromotionPlace, 'name' | 'wave'>;

function placeOf(
  { name, folder, provider, version }: ManagementCluster,
  source: Source,
  followers: readonly Follower[],
  platform: Platform,
  policy: Policy,
): NamelessPlace {
  const cloud = provider ?? name;
  const environments = environmentsOf(source, cloud, followers, platform, policy);
  return {
    cloud,
    version: version ?? '',
    environment: environments.join('-'),
    environments,
    management: folder,
    source,
  };
}

/** Those that the source serves; where none follows it yet, all of production that the cloud has. */
function environmentsOf(
  source: Source,
  cloud: string,
  followers: readonly Follower[],
  platform: Platform,
  policy: Policy,
): readonly string[] {
  const isProduction = (name: string) => environmentRules(policy, name).production;
  const lists = [
    followers
      .filter((each) => each.source === source && each.status?.production)
      .flatMap(({ status }) => status?.environments ?? []),
    platform.clouds.find(({ name }) => name === cloud)?.environments ?? [],
    policy.environments.map(({ name }) => name),
  ];
  const found = lists.map((names) => [...new Set(names.filter(isProduction))].sort());
  return found.find(({ length }) => length > 0) ?? ['prod'];
}

function withOwnNames(places: readonly NamelessPlace[]): readonly Omit<PromotionPlace, 'wave'>[] {
  const nameOf = ({ cloud, version, environment }: NamelessPlace) =>
    [cloud, version, environment].filter((part) => part !== '').join('-');
  const count = Map.groupBy(places, nameOf);
  return places.map((place) => {
    const name = nameOf(place);
    return { name: count.get(name)?.length === 1 ? name : `${name}-${place.source.name}`, ...place };
  });
}
