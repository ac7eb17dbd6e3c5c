import { objectsOf, readDocuments } from './platform/documents.ts';
import { isFluxKustomization, isGitRepository, readKustomization, readSource } from './platform/flux.ts';
import { below, isKustomizationFile } from './platform/layout.ts';
import { readOverlay } from './platform/overlay.ts';
import { findClouds, findClusterFolders, findFeatures, findTenants } from './platform/places.ts';
import type { FluxKustomization, Overlay, Platform, PlatformFiles, Source } from './platform.ts';
import { type Policy, policyPath } from './policy.ts';
import { isTemplatePath, readTemplates } from './templates/read-templates.ts';

/**
 * Whether a file's text must be fetched to read the platform: the policy, its templates, the kustomization files of all folders, and
 * every YAML file outside the tenants and the features.
 */
export function isRelevantPath(path: string, policy: Policy): boolean {
  if (path === policyPath || isKustomizationFile(path) || isTemplatePath(path)) return true;
  if (!/\.ya?ml$/.test(path) || path.startsWith('.')) return false;
  return (
    below(path, policy.layout.tenants) === undefined && below(path, policy.layout.features) === undefined
  );
}

interface Found {
  readonly sources: Source[];
  readonly kustomizations: FluxKustomization[];
  readonly overlays: Map<string, Overlay>;
  readonly clusters: string[];
  readonly namespaces: string[];
  readonly unreadable: { path: string; why: string }[];
}

/**
 * Reads what a repository says about its platform. A file that cannot be understood is named in `unreadable`; the rest
 * is read all the same.
 */
export function readPlatform(files: PlatformFiles, policy: Policy): Platform {
  const found: Found = {
    sources: [],
    kustomizations: [],
    overlays: new Map(),
    clusters: [],
    namespaces: [],
    unreadable: [],
  };
  for (const path of files.paths) {
    if (path === policyPath || isTemplatePath(path) || !isRelevantPath(path, policy)) continue;
    const text = files.texts.get(path);
    if (text === undefined) found.unreadable.push({ path, why: 'its text was not read' });
    else readFile(path, text, policy, found);
  }
  const { layout } = policy;
  const applied = found.kustomizations.map(({ applies }) => applies);
  const named = found.kustomizations.flatMap(({ cluster }) => (cluster === undefined ? [] : [cluster]));
  return {
    commit: files.commit,
    defaultBranch: files.defaultBranch,
    clouds: findClouds(files.paths, applied, layout),
    tenants: findTenants(files.paths, layout),
    clusters: unique([...found.clusters, ...named, ...findClusterFolders(files.paths, layout)]),
    features: unique(findFeatures(files.paths, layout)),
    namespaces: unique(found.namespaces),
    sources: found.sources,
    kustomizations: found.kustomizations,
    overlays: found.overlays,
    layout,
    unreadable: found.unreadable,
    templates: readTemplates(files),
  };
}

/** Most files hold workloads; parsing those would take most of the time and tell nothing. */
const telling =
  /kind["']?\s*:\s*["']?(?:Kustomization|GitRepository|Namespace|Cluster|ClusterDeployment|\w*List)\b/;

function readFile(path: string, text: string, policy: Policy, found: Found): void {
  if (!isKustomizationFile(path) && !telling.test(text)) return;
  const { documents, why } = readDocuments(text);
  const fail = (reason: string) => found.unreadable.push({ path, why: reason });
  if (why !== undefined) fail(why);
  if (isKustomizationFile(path) && !objectsOf(documents).some(isFluxKustomization)) {
    const { overlay, why: misread } = readOverlay(path, documents[0], why !== undefined);
    if (misread !== undefined) fail(misread);
    found.overlays.set(path.split('/').slice(0, -1).join('/'), overlay);
    return;
  }
  for (const object of objectsOf(documents)) {
    if (object.kind === 'Namespace' && object.apiVersion === 'v1')
      found.namespaces.push(object.metadata.name);
    if (isCluster(object.kind, object.apiVersion)) found.clusters.push(object.metadata.name);
    if (isFluxKustomization(object))
      sort(readKustomization(object, path, policy), found.kustomizations, fail);
    if (isGitRepository(object)) sort(readSource(object, path), found.sources, fail);
  }
}

/** Cluster API's Cluster and Hive's ClusterDeployment. */
function isCluster(kind: string, apiVersion: string): boolean {
  return (
    (kind === 'Cluster' && apiVersion.startsWith('cluster.x-k8s.io/')) ||
    (kind === 'ClusterDeployment' && apiVersion.startsWith('hive.openshift.io/'))
  );
}

function sort<Kind extends object>(read: Kind | string, into: Kind[], fail: (why: string) => void): void {
  if (typeof read === 'string') fail(read);
  else into.push(read);
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
