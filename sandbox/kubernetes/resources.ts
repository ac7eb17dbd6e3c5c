/** Kinds of objects that the sandbox's clusters serve, by the name that stands in their paths. */
export type Plural =
  | 'kustomizations'
  | 'gitrepositories'
  | 'helmreleases'
  | 'clusters'
  | 'clusterdeployments'
  | 'namespaces'
  | 'events';

export interface Resource {
  readonly plural: Plural;
  readonly singular: string;
  readonly kind: string;
  readonly group: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  /** Whether status is written apart from the rest. */
  readonly status: boolean;
  /** The version in which objects are kept; every other one is made by conversion. */
  readonly hub: string;
}

const FLUX = { namespaced: true, status: true } as const;

export const RESOURCES: Readonly<Record<Plural, Resource>> = {
  kustomizations: {
    ...FLUX,
    plural: 'kustomizations',
    singular: 'kustomization',
    kind: 'Kustomization',
    group: 'kustomize.toolkit.fluxcd.io',
    shortNames: ['ks'],
    hub: 'v1',
  },
  gitrepositories: {
    ...FLUX,
    plural: 'gitrepositories',
    singular: 'gitrepository',
    kind: 'GitRepository',
    group: 'source.toolkit.fluxcd.io',
    shortNames: ['gitrepo'],
    hub: 'v1',
  },
  helmreleases: {
    ...FLUX,
    plural: 'helmreleases',
    singular: 'helmrelease',
    kind: 'HelmRelease',
    group: 'helm.toolkit.fluxcd.io',
    shortNames: ['hr'],
    hub: 'v2',
  },
  clusters: {
    ...FLUX,
    plural: 'clusters',
    singular: 'cluster',
    kind: 'Cluster',
    group: 'cluster.x-k8s.io',
    shortNames: ['cl'],
    hub: 'v1beta2',
  },
  clusterdeployments: {
    ...FLUX,
    plural: 'clusterdeployments',
    singular: 'clusterdeployment',
    kind: 'ClusterDeployment',
    group: 'hive.openshift.io',
    shortNames: ['cd'],
    hub: 'v1',
  },
  namespaces: {
    plural: 'namespaces',
    singular: 'namespace',
    kind: 'Namespace',
    group: '',
    namespaced: false,
    shortNames: ['ns'],
    status: true,
    hub: 'v1',
  },
  events: {
    plural: 'events',
    singular: 'event',
    kind: 'Event',
    group: '',
    namespaced: true,
    shortNames: ['ev'],
    status: false,
    hub: 'v1',
  },
};

const PLURALS: readonly Plural[] = [
  'kustomizations',
  'gitrepositories',
  'helmreleases',
  'clusters',
  'clusterdeployments',
  'namespaces',
  'events',
];

/** The lines of Flux that the clusters can be of; 2.6 is the last one that served the betas. */
export type FluxLine = '2.6' | '2.9';

/** Whichever of the two makes workload clusters. */
export type Lifecycle = 'cluster-api' | 'hive';

/** What a cluster was installed with; it decides which API versions there are. */
export interface Installed {
  readonly flux: FluxLine;
  readonly lifecycle: readonly Lifecycle[];
}

/** Group -> versions, the preferred one first. Cluster API is the one of the same day. */
const VERSIONS: Readonly<Record<FluxLine, Readonly<Record<string, readonly string[]>>>> = {
  '2.6': {
    'kustomize.toolkit.fluxcd.io': ['v1', 'v1beta2', 'v1beta1'],
    'source.toolkit.fluxcd.io': ['v1', 'v1beta2', 'v1beta1'],
    'helm.toolkit.fluxcd.io': ['v2', 'v2beta2', 'v2beta1'],
    'cluster.x-k8s.io': ['v1beta1', 'v1alpha4', 'v1alpha3'],
    'hive.openshift.io': ['v1'],
    '': ['v1'],
  },
  '2.9': {
    'kustomize.toolkit.fluxcd.io': ['v1'],
    'source.toolkit.fluxcd.io': ['v1'],
    'helm.toolkit.fluxcd.io': ['v2'],
    'cluster.x-k8s.io': ['v1beta2', 'v1beta1'],
    'hive.openshift.io': ['v1'],
    '': ['v1'],
  },
};

/** The versions in which a cluster serves a group, the preferred one first; none when it does not serve it. */
export function versionsOf({ flux, lifecycle }: Installed, group: string): readonly string[] {
  if (group === 'cluster.x-k8s.io' && !lifecycle.includes('cluster-api')) return [];
  if (group === 'hive.openshift.io' && !lifecycle.includes('hive')) return [];
  return VERSIONS[flux][group] ?? [];
}

/** The resources of a group, whether or not a cluster serves it. */
export function resourcesOf(group: string): readonly Resource[] {
  return PLURALS.map((plural) => RESOURCES[plural]).filter((resource) => resource.group === group);
}

/** Every served group in the order of discovery, the core group left out. */
export function groupsOf(installed: Installed): readonly string[] {
  const groups = new Set(PLURALS.map((plural) => RESOURCES[plural].group));
  return [...groups].filter((group) => group !== '' && versionsOf(installed, group).length > 0);
}

/** The resource that objects of this group and kind are of. */
export function resourceOfKind(group: string, kind: string): Resource | undefined {
  return resourcesOf(group).find((resource) => resource.kind === kind);
}
