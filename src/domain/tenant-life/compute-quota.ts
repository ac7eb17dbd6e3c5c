import type { YAMLMap } from 'yaml';
import type { ComputeQuota } from '../tenant-request.ts';
import type { TenantFolder } from './tenant-texts.ts';
import { isShared, mapAt, textAt, yamlObjects } from './yaml-objects.ts';

/**
 * The keys of a quota that tell each figure, the first being the one to write; `cpu` is the same as `requests.cpu`.
 * https://kubernetes.io/docs/concepts/policy/resource-quotas/#compute-resource-quota
 */
export const computeKeys = {
  requestsMemory: ['requests.memory', 'memory'],
  limitsMemory: ['limits.memory'],
  requestsCpu: ['requests.cpu', 'cpu'],
  limitsCpu: ['limits.cpu'],
} as const satisfies Record<keyof ComputeQuota, readonly string[]>;

/** The figures in the order in which they are written. */
export const computeFigures = ['requestsMemory', 'limitsMemory', 'requestsCpu', 'limitsCpu'] as const;

export type QuotaRefusal =
  | { readonly code: 'quota-missing' }
  | { readonly code: 'quota-twice'; readonly paths: readonly string[] }
  | { readonly code: 'quota-by-hand'; readonly path: string }
  | { readonly code: 'file-unreadable'; readonly path: string; readonly why: string };

/** A tenant's compute quota where it stands. */
export interface FoundQuota {
  readonly cloud: string;
  /** An environment, or the layout's shared folder: then it holds in every environment of the cloud. */
  readonly folder: string;
  readonly path: string;
  /** Its figures as written; one that it does not name is left out. */
  readonly compute: Partial<ComputeQuota>;
}

export type QuotaReading =
  | { readonly kind: 'found'; readonly quota: FoundQuota; readonly hard: YAMLMap }
  | { readonly kind: 'refused'; readonly refusal: QuotaRefusal };

/** Finds the one compute quota of a tenant's folder; that of objects is another. */
export function readQuota({ cloud, folder, texts }: TenantFolder): QuotaReading {
  const found: { path: string; hard: YAMLMap }[] = [];
  for (const [path, text] of texts) {
    if (!/\.ya?ml$/.test(path)) continue;
    const file = yamlObjects(text);
    if (file.kind === 'unreadable')
      return { kind: 'refused', refusal: { code: 'file-unreadable', path, why: file.why } };
    for (const { kind, node } of file.objects) {
      const hard = kind === 'ResourceQuota' ? mapAt(node, 'spec', 'hard') : undefined;
      if (hard !== undefined && computeFigures.some((figure) => keyIn(hard, figure) !== undefined))
        found.push({ path, hard });
    }
  }
  const [one, ...others] = found;
  if (one === undefined) return { kind: 'refused', refusal: { code: 'quota-missing' } };
  if (others.length > 0)
    return { kind: 'refused', refusal: { code: 'quota-twice', paths: found.map(({ path }) => path) } };
  if (isShared(one.hard)) return { kind: 'refused', refusal: { code: 'quota-by-hand', path: one.path } };
  const figures = computeFigures.flatMap((figure) => {
    const key = keyIn(one.hard, figure);
    const text = key === undefined ? undefined : textAt(one.hard, key);
    return text === undefined ? [] : [[figure, text] as const];
  });
  return {
    kind: 'found',
    quota: { cloud, folder, path: one.path, compute: Object.fromEntries(figures) },
    hard: one.hard,
  };
}

/** The key under which a quota tells a figure; undefined when it does not. */
export function keyIn(hard: YAMLMap, figure: keyof ComputeQuota): string | undefined {
  return computeKeys[figure].find((key) => hard.has(key));
}
