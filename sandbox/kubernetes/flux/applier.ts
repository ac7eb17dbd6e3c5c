import type { ManagementCluster } from '../cluster.ts';
import { toHub } from '../convert.ts';
import { below, type Fields, groupVersion, isFields, type KubeObject, type Manifest } from '../objects.ts';
import { type Resource, resourceOfKind } from '../resources.ts';
import { type Identity, idOf } from './inventory.ts';
import { isClusterScoped, Target } from './known-kinds.ts';
import { mergeManifest } from './merge-manifest.ts';
import { gitRepositorySpec, kustomizationSpec } from './specs.ts';

/** What a cluster refuses to take, in its words. */
export class ApplyFailure extends Error {}

/** Where a Kustomization applies to: the management cluster itself, or one of its workload clusters. */
export type Destination =
  | { readonly kind: 'management' }
  | { readonly kind: 'workload'; readonly key: string };

/** Applies and deletes objects as kustomize-controller does. Of workload clusters only their kinds are known. */
export class Applier {
  readonly #cluster: ManagementCluster;
  readonly #management: Target;
  readonly #workloads = new Map<string, Target>();
  /** What was applied last, by id, so that fields that vanish from a manifest vanish from its object. */
  readonly #applied = new Map<string, Manifest>();

  constructor(cluster: ManagementCluster) {
    this.#cluster = cluster;
    this.#management = new Target(cluster.installed);
  }

  /** Definitions and namespaces first, then the rest. @throws ApplyFailure; what came before stays applied. */
  apply(objects: readonly Manifest[], to: Destination, labels: Readonly<Record<string, string>>): void {
    const target = this.#target(to);
    const first = objects.filter(isDefinition);
    const rest = objects.filter((object) => !isDefinition(object));
    for (const stage of [first, rest]) {
      for (const object of stage) this.#check(object, target, to);
      for (const object of stage) {
        if (object.kind === 'CustomResourceDefinition') target.define(object);
        if (to.kind === 'management') this.#put(withLabels(object, labels));
      }
    }
  }

  /** Deletes an object of the management cluster, and with a namespace what is in it. */
  delete({ namespace, name, group, kind }: Identity): void {
    const resource = resourceOfKind(group, kind);
    if (!resource) return;
    const { store } = this.#cluster;
    const gone = store.delete(resource.plural, namespace, name);
    if (gone) this.#applied.delete(idOf(gone));
    if (gone && resource.plural === 'namespaces') {
      for (const plural of [
        'kustomizations',
        'helmreleases',
        'gitrepositories',
        'clusters',
        'clusterdeployments',
      ] as const)
        for (const { metadata } of store.list(plural))
          if (metadata.namespace === name) store.delete(plural, name, metadata.name);
    }
  }

  /** The object of the management cluster that an identity names, if it is of a kind that is served. */
  find({ namespace, name, group, kind }: Identity): KubeObject | undefined {
    const resource = resourceOfKind(group, kind);
    return resource && this.#cluster.store.get(resource.plural, namespace, name);
  }

  #target(to: Destination): Target {
    if (to.kind === 'management') return this.#management;
    const known = this.#workloads.get(to.key);
    if (known) return known;
    const fresh = new Target(undefined);
    this.#workloads.set(to.key, fresh);
    return fresh;
  }

  #check(object: Manifest, target: Target, to: Destination): void {
    const { apiVersion, kind, metadata } = object;
    const called = [kind, metadata.namespace, metadata.name].filter(Boolean).join('/');
    const refuse = (why: string) => new ApplyFailure(`${called} dry-run failed${why}`);
    if (!target.knows(object)) throw refuse(`: no matches for kind "${kind}" in version "${apiVersion}"`);
    if (to.kind === 'workload') return;
    const resource = resourceOfKind(groupVersion(apiVersion).group, kind);
    const { namespace } = metadata;
    if (
      namespace !== undefined &&
      !isClusterScoped(object) &&
      !this.#cluster.store.has('namespaces', '', namespace)
    )
      throw refuse(` (NotFound): namespaces "${namespace}" not found`);
    const wrong = resource && specProblem(object, resource);
    if (resource && wrong)
      throw refuse(` (Invalid): ${kind}.${resource.group} "${metadata.name}" is invalid: ${wrong}`);
  }

  #put(manifest: Manifest): void {
    const { group } = groupVersion(manifest.apiVersion);
    const resource = resourceOfKind(group, manifest.kind);
    if (!resource || resource.plural === 'events') return;
    const next = toHub(manifest, resource);
    const id = idOf(next);
    const { store } = this.#cluster;
    const live = store.get(resource.plural, next.metadata.namespace ?? '', next.metadata.name);
    const before = this.#applied.get(id);
    this.#applied.set(id, next);
    if (live) store.replace(resource.plural, merged(live, before, next));
    else store.create(resource.plural, next, FIRST_STATUS[resource.plural]);
  }
}

/** What an object has before its controller has seen it. */
const FIRST_STATUS: Readonly<Record<string, Fields>> = {
  kustomizations: { observedGeneration: -1 },
  gitrepositories: { observedGeneration: -1 },
  helmreleases: { observedGeneration: -1 },
  namespaces: { phase: 'Active' },
};

function isDefinition({ kind }: Manifest): boolean {
  return kind === 'CustomResourceDefinition' || kind === 'Namespace';
}

function withLabels(manifest: Manifest, labels: Readonly<Record<string, string>>): Manifest {
  if (Object.keys(labels).length === 0) return manifest;
  const { metadata } = manifest;
  return { ...manifest, metadata: { ...metadata, labels: { ...metadata.labels, ...labels } } };
}

function merged(live: KubeObject, before: Manifest | undefined, next: Manifest): KubeObject {
  const spec = below(next, 'spec');
  const strings = (name: 'labels' | 'annotations') => {
    const all = mergeManifest(
      live.metadata[name] ?? {},
      before?.metadata[name] ?? {},
      next.metadata[name] ?? {},
    );
    return Object.keys(all).length > 0 ? { [name]: all } : {};
  };
  const oldSpec = before === undefined ? {} : below(before, 'spec');
  return {
    ...live,
    ...(isFields(next['spec']) ? { spec: mergeManifest(live.spec ?? {}, oldSpec, spec) } : {}),
    metadata: { ...live.metadata, ...strings('labels'), ...strings('annotations') },
  };
}

function specProblem(object: Manifest, { plural }: Resource): string | undefined {
  const schema =
    plural === 'kustomizations'
      ? kustomizationSpec
      : plural === 'gitrepositories'
        ? gitRepositorySpec
        : undefined;
  const read = schema?.safeParse(object['spec']);
  if (!read || read.success) return undefined;
  const [issue] = read.error.issues;
  return `spec.${issue?.path.join('.')}: ${issue?.message}`;
}
