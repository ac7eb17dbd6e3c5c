import { parse } from 'yaml';

import { jsonPatch, mergePatch, operationsOf } from '../api/json-patch.ts';
import type { Manifest } from '../objects.ts';
import { isClusterScoped } from './known-kinds.ts';
import type { KustomizationFile } from './kustomization-file.ts';
import { manifestOf } from './manifests.ts';

export interface Transformation {
  readonly namespace?: string | undefined;
  readonly namePrefix?: string | undefined;
  readonly nameSuffix?: string | undefined;
  readonly commonLabels?: KustomizationFile['commonLabels'];
  readonly commonAnnotations?: KustomizationFile['commonAnnotations'];
  readonly labels?: KustomizationFile['labels'];
  readonly patches?: KustomizationFile['patches'];
}

/** What a kustomization does to the objects below it; a sentence when a patch fits nothing. */
export function transformed(
  objects: readonly Manifest[],
  transformation: Transformation,
): readonly Manifest[] | string {
  let result = objects;
  for (const { patch = '', target } of transformation.patches ?? []) {
    const next = patched(result, patch, target);
    if (typeof next === 'string') return next;
    result = next;
  }
  return result.map((object) => renamed(object, transformation));
}

type Target = KustomizationFile['patches'][number]['target'];

function patched(objects: readonly Manifest[], text: string, target: Target): readonly Manifest[] | string {
  const patch: unknown = parse(text);
  const list = operationsOf(patch);
  const named = list ? undefined : manifestOf(patch);
  const wanted =
    target ?? (typeof named === 'object' ? { kind: named.kind, name: named.metadata.name } : undefined);
  if (wanted === undefined) return 'trouble configuring builtin PatchTransformer: no target';
  const fits = objects.filter((object) => isTarget(object, wanted));
  if (fits.length === 0 && target === undefined)
    return `no resource matches strategic merge patch ${JSON.stringify(wanted)}`;
  try {
    return objects.map((object) => {
      if (!fits.includes(object)) return object;
      const next = manifestOf(list ? jsonPatch(object, list) : mergePatch(object, patch));
      if (typeof next === 'string') throw new Error(next);
      return next;
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function isTarget({ kind, metadata }: Manifest, target: NonNullable<Target>): boolean {
  const fits = (pattern: string | undefined, value: string | undefined) =>
    pattern === undefined || new RegExp(`^(?:${pattern})$`).test(value ?? '');
  return (
    fits(target.kind, kind) && fits(target.name, metadata.name) && fits(target.namespace, metadata.namespace)
  );
}

function renamed(object: Manifest, transformation: Transformation): Manifest {
  const {
    namespace,
    namePrefix = '',
    nameSuffix = '',
    commonLabels = {},
    commonAnnotations = {},
  } = transformation;
  const labels = Object.fromEntries(
    [commonLabels, ...(transformation.labels ?? []).map(({ pairs }) => pairs)].flatMap(
      Object.entries<string>,
    ),
  );
  const { metadata } = object;
  const name = object.kind === 'Namespace' ? metadata.name : `${namePrefix}${metadata.name}${nameSuffix}`;
  const merged = {
    ...metadata,
    name,
    ...(namespace === undefined || isClusterScoped(object) ? {} : { namespace }),
    ...(Object.keys(labels).length > 0 ? { labels: { ...metadata.labels, ...labels } } : {}),
    ...(Object.keys(commonAnnotations).length > 0
      ? { annotations: { ...metadata.annotations, ...commonAnnotations } }
      : {}),
  };
  return { ...object, metadata: merged };
}
