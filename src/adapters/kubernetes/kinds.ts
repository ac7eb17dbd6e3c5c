import { z } from 'zod';
import { PermanentError } from '../../errors.ts';
import type { Connection } from './connection.ts';

/** The kinds that are read, with the versions that are understood, the preferred first. */
export const KINDS = {
  sources: {
    group: 'source.toolkit.fluxcd.io',
    plural: 'gitrepositories',
    versions: ['v1', 'v1beta2', 'v1beta1'],
  },
  kustomizations: {
    group: 'kustomize.toolkit.fluxcd.io',
    plural: 'kustomizations',
    versions: ['v1', 'v1beta2', 'v1beta1'],
  },
  helmReleases: {
    group: 'helm.toolkit.fluxcd.io',
    plural: 'helmreleases',
    versions: ['v2', 'v2beta2', 'v2beta1'],
  },
  clusters: {
    group: 'cluster.x-k8s.io',
    plural: 'clusters',
    versions: ['v1beta2', 'v1beta1', 'v1alpha4', 'v1alpha3'],
  },
  clusterDeployments: { group: 'hive.openshift.io', plural: 'clusterdeployments', versions: ['v1'] },
} as const satisfies Record<string, { group: string; plural: string; versions: readonly string[] }>;

export type KindName = keyof typeof KINDS;
export const KIND_NAMES = [
  'sources',
  'kustomizations',
  'helmReleases',
  'clusters',
  'clusterDeployments',
] as const satisfies readonly KindName[];

/** Without these nothing can be said of a cluster. */
export const NEEDED: readonly KindName[] = ['sources', 'kustomizations'];

/** Kind -> its path under the version that this cluster serves; kinds that it does not serve are missing. */
export type Served = ReadonlyMap<KindName, string>;

const groupList = z.object({
  groups: z.array(z.object({ name: z.string(), versions: z.array(z.object({ version: z.string() })) })),
});

/**
 * Asks a cluster which versions it serves: no version is written down, for clusters of different ages differ.
 *
 * @throws PermanentError `no-flux` when it serves no Kustomizations or sources.
 */
export async function discover(connection: Connection): Promise<Served> {
  const answer = await connection.get('ask a cluster what it serves', '/apis');
  const { groups } = groupList.parse(answer);
  const served = new Map<KindName, string>();
  for (const name of KIND_NAMES) {
    const { group, versions } = KINDS[name];
    const offered = groups.find((each) => each.name === group)?.versions.map(({ version }) => version);
    const version = versions.find((each) => offered?.includes(each));
    if (version !== undefined) served.set(name, `/apis/${group}/${version}`);
  }
  if (NEEDED.some((name) => !served.has(name)))
    throw new PermanentError('no-flux', 'failed to read a cluster: it serves no objects of Flux');
  return served;
}

/** The path of one object of a kind. */
export function objectPath(served: Served, kind: KindName, id: string): string | undefined {
  const base = served.get(kind);
  const [namespace = '', name = ''] = id.split('/');
  if (base === undefined) return undefined;
  return `${base}/namespaces/${encodeURIComponent(namespace)}/${KINDS[kind].plural}/${encodeURIComponent(name)}`;
}
