import { z } from 'zod';
import { readSource } from '../../domain/platform/flux.ts';
import { clusterApiLifecycle, hiveLifecycle } from '../../domain/rollout/lifecycle.ts';
import type {
  FluxObject,
  GitSource,
  HelmReleaseStatus,
  KustomizationStatus,
  WorkloadCluster,
} from '../../domain/rollout/objects.ts';
import { clusterOf, conditions, fluxStatus, type Keeper, kubeConfigRef, metadata } from './raw-objects.ts';

const gitRepository = z.object({
  metadata,
  spec: z.looseObject({ suspend: z.boolean().nullish() }),
  status: fluxStatus
    .extend({
      artifact: z.object({ revision: z.string(), lastUpdateTime: z.string().nullish() }).nullish(),
    })
    .nullish(),
});

const kustomization = z.object({
  metadata,
  spec: z.object({
    suspend: z.boolean().nullish(),
    wait: z.boolean().nullish(),
    healthChecks: z.array(z.unknown()).nullish(),
    sourceRef: z.object({ kind: z.string(), name: z.string(), namespace: z.string().nullish() }),
    kubeConfig: kubeConfigRef,
  }),
  status: fluxStatus
    .extend({ lastAttemptedRevision: z.string().nullish(), lastAppliedRevision: z.string().nullish() })
    .nullish(),
});

const helmRelease = z.object({
  metadata,
  spec: z.object({ suspend: z.boolean().nullish(), kubeConfig: kubeConfigRef }),
  status: fluxStatus.extend({ lastAttemptedRevision: z.string().nullish() }).nullish(),
});

const clusterApiCluster = z.object({
  metadata,
  status: z
    .object({
      phase: z.string().nullish(),
      conditions,
      v1beta2: z.object({ conditions }).nullish(),
    })
    .nullish(),
});

const clusterDeployment = z.object({
  metadata,
  spec: z.object({ clusterName: z.string().nullish(), installed: z.boolean().nullish() }),
  status: z.object({ powerState: z.string().nullish(), conditions }).nullish(),
});

type Metadata = z.output<typeof metadata>;

function idOf({ namespace, name }: Metadata): string {
  return `${namespace}/${name}`;
}

function fluxObject(
  meta: Metadata,
  suspend: boolean | null | undefined,
  status: z.output<typeof fluxStatus> | null | undefined,
  keep: Keeper,
): FluxObject {
  const observed = status?.observedGeneration ?? -1;
  return {
    id: keep.text(idOf(meta)),
    generation: meta.generation ?? 1,
    observedGeneration: observed < 0 ? undefined : observed,
    suspended: suspend ?? false,
    handledRequest: status?.lastHandledReconcileAt ?? undefined,
    ready: keep.condition(status?.conditions, 'Ready'),
    reconciling: keep.condition(status?.conditions, 'Reconciling'),
    stalled: keep.condition(status?.conditions, 'Stalled'),
  };
}

/** @throws ZodError when the object is none of its kind; to pass over it would be to call it gone. */
export function projectGitRepository(raw: unknown, keep: Keeper): GitSource {
  const { metadata: meta, spec, status } = gitRepository.parse(raw);
  const declared = readSource({ apiVersion: '', kind: 'GitRepository', metadata: meta, spec }, '');
  if (typeof declared === 'string') throw new Error(declared);
  const updated = status?.artifact?.lastUpdateTime;
  return {
    ...fluxObject(meta, spec.suspend, status, keep),
    follows: declared.ref,
    url: declared.url,
    artifact: keep.revision(status?.artifact?.revision),
    artifactAt: updated ? Date.parse(updated) || undefined : undefined,
  };
}

/** @throws ZodError when the object is none of its kind. */
export function projectKustomization(raw: unknown, keep: Keeper): KustomizationStatus {
  const { metadata: meta, spec, status } = kustomization.parse(raw);
  const { sourceRef } = spec;
  const source = `${sourceRef.namespace ?? meta.namespace}/${sourceRef.name}`;
  const cluster = clusterOf(spec.kubeConfig);
  return {
    ...fluxObject(meta, spec.suspend, status, keep),
    source: keep.text(sourceRef.kind === 'GitRepository' ? source : `${sourceRef.kind} ${source}`),
    cluster: cluster === undefined ? undefined : keep.text(cluster),
    checksHealth: (spec.wait ?? false) || (spec.healthChecks?.length ?? 0) > 0,
    deleting: Boolean(meta.deletionTimestamp),
    lastAttempted: keep.revision(status?.lastAttemptedRevision),
    lastApplied: keep.revision(status?.lastAppliedRevision),
  };
}

/** @throws ZodError when the object is none of its kind. */
export function projectHelmRelease(raw: unknown, keep: Keeper): HelmReleaseStatus {
  const { metadata: meta, spec, status } = helmRelease.parse(raw);
  const by = meta.labels?.['kustomize.toolkit.fluxcd.io/name'];
  const within = meta.labels?.['kustomize.toolkit.fluxcd.io/namespace'];
  const cluster = clusterOf(spec.kubeConfig);
  return {
    ...fluxObject(meta, spec.suspend, status, keep),
    madeBy: by !== undefined && within !== undefined ? keep.text(`${within}/${by}`) : undefined,
    cluster: cluster === undefined ? undefined : keep.text(cluster),
    chart: status?.lastAttemptedRevision ?? undefined,
  };
}

/** @throws ZodError when the object is none of its kind. */
export function projectCluster(raw: unknown, keep: Keeper): WorkloadCluster {
  const { metadata: meta, status } = clusterApiCluster.parse(raw);
  // Versions before v1beta2 keep the new conditions apart from the old ones, if they have them.
  const newer = status?.v1beta2?.conditions ?? status?.conditions;
  return {
    id: idOf(meta),
    name: meta.name,
    lifecycle: clusterApiLifecycle({
      phase: status?.phase ?? undefined,
      available: keep.condition(newer, 'Available') ?? keep.condition(status?.conditions, 'Ready'),
      deleting: Boolean(meta.deletionTimestamp),
    }),
  };
}

/** @throws ZodError when the object is none of its kind. */
export function projectClusterDeployment(raw: unknown, keep: Keeper): WorkloadCluster {
  const { metadata: meta, spec, status } = clusterDeployment.parse(raw);
  const types = ['ProvisionFailed', 'Unreachable', 'Hibernating', 'Ready'];
  return {
    id: idOf(meta),
    name: spec.clusterName ?? meta.name,
    lifecycle: hiveLifecycle({
      installed: spec.installed ?? false,
      deleting: Boolean(meta.deletionTimestamp),
      powerState: status?.powerState ?? undefined,
      conditions: new Map(
        types.flatMap((type) => {
          const found = keep.condition(status?.conditions, type);
          return found === undefined ? [] : [[type, found] as const];
        }),
      ),
    }),
  };
}
