import { z } from 'zod';
import type { FluxKustomization, Source } from '../platform.ts';
import type { Policy } from '../policy.ts';
import { canonicalJson } from './canonical.ts';
import type { DeclaredObject } from './documents.ts';
import { managementFolder, normalisePath } from './layout.ts';

const kustomizationSpec = z.object({
  path: z.string().nullish(),
  suspend: z.boolean().nullish(),
  sourceRef: z.object({ kind: z.string(), name: z.string(), namespace: z.string().nullish() }),
  kubeConfig: z.object({ secretRef: z.object({ name: z.string() }).nullish() }).nullish(),
  prune: z.boolean().nullish(),
  deletionPolicy: z.string().nullish(),
  targetNamespace: z.string().nullish(),
  postBuild: z.unknown().optional(),
});

/** Fields of a Kustomization that change objects on their way to the cluster, the betas' among them. */
const alteringFields = [
  'commonMetadata',
  'components',
  'images',
  'namePrefix',
  'nameSuffix',
  'patches',
  'patchesJson6902',
  'patchesStrategicMerge',
] as const;

const sourceSpec = z.object({
  url: z.string().nullish(),
  suspend: z.boolean().nullish(),
  ref: z
    .object({
      branch: z.string().nullish(),
      tag: z.string().nullish(),
      semver: z.string().nullish(),
      name: z.string().nullish(),
      commit: z.string().nullish(),
    })
    .nullish(),
});

/** Whether the object is Flux's Kustomization, in any of its versions. */
export function isFluxKustomization(object: DeclaredObject): boolean {
  return object.kind === 'Kustomization' && object.apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');
}

/** Whether the object is a source in git, in any of its versions. */
export function isGitRepository(object: DeclaredObject): boolean {
  return object.kind === 'GitRepository' && object.apiVersion.startsWith('source.toolkit.fluxcd.io/');
}

/** @returns the Kustomization, or a sentence that says what it lacks. */
export function readKustomization(
  object: DeclaredObject,
  file: string,
  policy: Policy,
): FluxKustomization | string {
  const spec = kustomizationSpec.safeParse(object.spec);
  if (!spec.success)
    return `Kustomization ${object.metadata.name} lacks ${spec.error.issues[0]?.path.join('.') || 'spec'}`;
  const { path, sourceRef, kubeConfig, suspend, prune, targetNamespace, postBuild } = spec.data;
  const applies = normalisePath(path ?? '');
  if (applies === undefined) return `Kustomization ${object.metadata.name} has a path outside the repository`;
  const namespace = object.metadata.namespace ?? 'default';
  return {
    namespace,
    name: object.metadata.name,
    file,
    management: managementFolder(file, policy.layout),
    applies,
    source: { kind: sourceRef.kind, namespace: sourceRef.namespace ?? namespace, name: sourceRef.name },
    cluster: kubeConfig?.secretRef?.name.replace(/-kubeconfig$/, ''),
    suspended: suspend ?? false,
    prune: prune ?? false,
    prunesWhenDeleted: prunesWhenDeleted(spec.data),
    targetNamespace: targetNamespace || undefined,
    postBuild: postBuild == null ? undefined : canonicalJson(postBuild),
    alters: readAlters(object.spec),
  };
}

/**
 * A Kustomization that is deleted while suspended leaves its objects where they are.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#deletion-policy
 */
function prunesWhenDeleted({ prune, suspend, deletionPolicy }: z.output<typeof kustomizationSpec>): boolean {
  if (suspend) return false;
  if (deletionPolicy === 'Orphan') return false;
  return deletionPolicy === 'Delete' || deletionPolicy === 'WaitForTermination' || (prune ?? false);
}

function readAlters(spec: unknown): Readonly<Record<string, string>> {
  const fields = z.record(z.string(), z.unknown()).safeParse(spec).data ?? {};
  const present = alteringFields.filter((field) => !isEmpty(fields[field]));
  return Object.fromEntries(present.map((field) => [field, canonicalJson(fields[field])]));
}

function isEmpty(value: unknown): boolean {
  return value == null || ['""', '[]', '{}'].includes(canonicalJson(value));
}

/** @returns the source, or a sentence that says what it lacks. */
export function readSource(object: DeclaredObject, file: string): Source | string {
  const spec = sourceSpec.safeParse(object.spec);
  if (!spec.success) return `GitRepository ${object.metadata.name} cannot be understood`;
  return {
    namespace: object.metadata.namespace ?? 'default',
    name: object.metadata.name,
    ref: readRef(spec.data.ref ?? {}),
    path: file,
    url: spec.data.url ? normaliseUrl(spec.data.url) : undefined,
    suspended: spec.data.suspend ?? false,
    beyond: beyondRef(object.spec),
  };
}

/** What a source says besides the ref, which may change what it brings: files that it ignores, verification. */
function beyondRef(spec: unknown): string {
  const { ref: _, ...rest } = z.record(z.string(), z.unknown()).safeParse(spec).data ?? {};
  return canonicalJson(rest);
}

/** In Flux's order of precedence; without a ref it follows `master`. https://fluxcd.io/flux/components/source/gitrepositories/#reference */
function readRef(ref: NonNullable<z.output<typeof sourceSpec>['ref']>): Source['ref'] {
  if (ref.commit) return { kind: 'other', text: `commit ${ref.commit.slice(0, 7)}` };
  if (ref.name) return { kind: 'other', text: ref.name };
  if (ref.semver) return { kind: 'other', text: `version ${ref.semver}` };
  if (ref.tag) return { kind: 'tag', tag: ref.tag };
  return { kind: 'branch', branch: ref.branch ?? 'master' };
}

/** `ssh://git@host/owner/name.git`, `git@host:owner/name` and `https://host/owner/name` are one repository. */
function normaliseUrl(url: string): string {
  return url
    .trim()
    .replace(/^[a-z+]+:\/\//i, '')
    .replace(/^[^@/]*@/, '')
    .replace(/^([^/:]+):(?:\d+\/)?/, '$1/')
    .replace(/(?:\.git)?\/*$/, '')
    .toLowerCase();
}
