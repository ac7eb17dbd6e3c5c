import type { ClusterName } from './cluster.ts';
import { toHub } from './convert.ts';
import { build, type Sources } from './flux/build.ts';
import type { Repository } from './flux/repository.ts';
import { gitRepositorySpec, kustomizationSpec } from './flux/specs.ts';
import { groupVersion, type Manifest } from './objects.ts';
import { type FluxLine, type Installed, type Lifecycle, RESOURCES } from './resources.ts';

/** A management cluster that stands in the repository. */
export interface Discovered extends ClusterName {
  /** The folder that it applies. */
  readonly folder: string;
  readonly installed: Installed;
}

/**
 * The management clusters of a repository: its folders `providers/<provider>/<version>/mgmt`.
 *
 * @param flux the line of Flux; when left out, the one that understands the API versions in the folder.
 */
export async function discover(
  repository: Repository,
  commit: string,
  flux: FluxLine | undefined,
): Promise<readonly Discovered[]> {
  const found: Discovered[] = [];
  for (const provider of await folders(repository, commit, 'providers')) {
    for (const version of await folders(repository, commit, `providers/${provider}`)) {
      const folder = `providers/${provider}/${version}/mgmt`;
      const tree = await repository.at(commit, folder);
      if (tree?.type !== 'tree') continue;
      const versions = await apiVersions(repository, tree.oid);
      const installed = { flux: flux ?? lineOf(versions), lifecycle: lifecycleOf(versions) };
      found.push({ name: `${provider}-${version}`, provider, version, folder, installed });
    }
  }
  return found;
}

async function folders(repository: Repository, commit: string, path: string): Promise<readonly string[]> {
  const tree = await repository.at(commit, path);
  if (tree?.type !== 'tree') return [];
  const children = await repository.children(tree.oid);
  return children.filter(({ type }) => type === 'tree').map(({ name }) => name);
}

/** Read as text: this is asked before anything is built, and has to be quick. */
async function apiVersions(repository: Repository, tree: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const { name, type, oid } of await repository.children(tree)) {
    if (type === 'tree') for (const each of await apiVersions(repository, oid)) found.add(each);
    if (type !== 'blob' || !/\.ya?ml$/.test(name)) continue;
    const text = await repository.text(oid);
    for (const [, version = ''] of text.matchAll(/^apiVersion:\s*["']?([\w./-]+)/gm)) found.add(version);
  }
  return found;
}

const OF_OLD =
  /^(?:source|kustomize|helm)\.toolkit\.fluxcd\.io\/v\d(?:alpha|beta)\d$|^(?:[\w-]+\.)?cluster\.x-k8s\.io\/v1alpha\d$/;

function lineOf(versions: ReadonlySet<string>): FluxLine {
  return [...versions].some((each) => OF_OLD.test(each)) ? '2.6' : '2.9';
}

function lifecycleOf(versions: ReadonlySet<string>): readonly Lifecycle[] {
  const groups = new Set([...versions].map((each) => groupVersion(each).group));
  const hive = groups.has('hive.openshift.io');
  return hive ? (groups.has('cluster.x-k8s.io') ? ['cluster-api', 'hive'] : ['hive']) : ['cluster-api'];
}

/** What `flux bootstrap` put on a cluster: a source and the Kustomization that applies the cluster's folder from it. */
export interface Bootstrap {
  readonly source: Manifest;
  readonly kustomization: Manifest;
}

/** The two as they stand in the folder itself, or else as they usually are. */
export async function bootstrapOf(
  sources: Sources,
  commit: string,
  folder: string,
  fallback: { readonly branch: string; readonly url: string },
): Promise<Bootstrap> {
  const built = await build(sources, commit, folder).catch(() => []);
  for (const manifest of built) {
    if (manifest.kind !== 'Kustomization') continue;
    const spec = kustomizationSpec.safeParse(manifest['spec']).data;
    if (spec?.path.replace(/^\.?\/|\/$/g, '') !== folder) continue;
    const namespace = spec.sourceRef.namespace ?? manifest.metadata.namespace;
    const source = built.find(
      ({ kind, metadata }) =>
        kind === 'GitRepository' && metadata.name === spec.sourceRef.name && metadata.namespace === namespace,
    );
    if (source && gitRepositorySpec.safeParse(source['spec']).success)
      return {
        source: toHub(source, RESOURCES.gitrepositories),
        kustomization: toHub(manifest, RESOURCES.kustomizations),
      };
  }
  return usual(folder, fallback);
}

function usual(
  folder: string,
  { branch, url }: { readonly branch: string; readonly url: string },
): Bootstrap {
  return {
    source: {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: { name: 'main', namespace: 'flux-system' },
      spec: { interval: '1m0s', ref: { branch }, url },
    },
    kustomization: {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'mgmt', namespace: 'flux-system' },
      spec: {
        interval: '5m0s',
        path: `./${folder}`,
        prune: true,
        sourceRef: { kind: 'GitRepository', name: 'main' },
      },
    },
  };
}
