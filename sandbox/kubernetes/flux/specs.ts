import { z } from 'zod';

import type { KubeObject } from '../objects.ts';
import { parseDuration } from './duration.ts';

const duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'is not a duration')
  .transform((text) => parseDuration(text) ?? 0);

const kubeConfig = z.object({
  secretRef: z.object({ name: z.string(), key: z.string().optional() }).optional(),
  configMapRef: z.object({ name: z.string() }).optional(),
});

const reference = z.object({
  apiVersion: z.string().optional(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
});

/** What kustomize-controller reads of a Kustomization; durations in milliseconds. */
export const kustomizationSpec = z.looseObject({
  interval: duration,
  prune: z.boolean(),
  sourceRef: reference,
  path: z.string().default('./'),
  suspend: z.boolean().default(false),
  wait: z.boolean().default(false),
  timeout: duration.optional(),
  retryInterval: duration.optional(),
  dependsOn: z.array(z.object({ name: z.string(), namespace: z.string().optional() })).default([]),
  healthChecks: z.array(reference).default([]),
  kubeConfig: kubeConfig.optional(),
  targetNamespace: z.string().optional(),
  namePrefix: z.string().optional(),
  nameSuffix: z.string().optional(),
});

export type KustomizationSpec = z.infer<typeof kustomizationSpec>;

const read = new WeakMap<object, KustomizationSpec>();

/** The spec of a Kustomization; undefined when it makes no sense. A spec is never changed, so it is read once. */
export function kustomizationOf({ spec }: { readonly spec?: object }): KustomizationSpec | undefined {
  if (spec === undefined) return undefined;
  const known = read.get(spec);
  if (known) return known;
  const fresh = kustomizationSpec.safeParse(spec).data;
  if (fresh) read.set(spec, fresh);
  return fresh;
}

/** What source-controller reads of a GitRepository. */
export const gitRepositorySpec = z.looseObject({
  interval: duration,
  url: z.string().regex(/^(http|https|ssh):\/\/.*$/),
  suspend: z.boolean().default(false),
  ref: z
    .object({
      branch: z.string().optional(),
      tag: z.string().optional(),
      semver: z.string().optional(),
      name: z.string().optional(),
      commit: z.string().optional(),
    })
    .default({}),
});

export type GitRepositorySpec = z.infer<typeof gitRepositorySpec>;

const REQUESTED_AT = 'reconcile.fluxcd.io/requestedAt';

/** Who asked for a reconciliation when, if anybody did. */
export function requestedAt({ metadata }: KubeObject): string | undefined {
  return metadata.annotations?.[REQUESTED_AT];
}

const artifactStatus = z.looseObject({
  artifact: z.looseObject({ revision: z.string(), sha: z.string().optional() }).optional(),
});

/** The revision that a source has fetched, as in `main@sha1:…`. */
export function artifactRevision({ status }: KubeObject): string | undefined {
  return artifactStatus.safeParse(status ?? {}).data?.artifact?.revision;
}

/** The commit that a revision names. */
export function commitOfRevision(revision: string): string {
  return revision.slice(revision.lastIndexOf(':') + 1);
}
