import { createHash } from 'node:crypto';

import { type Condition, conditionsOf, withCondition, withoutCondition } from './flux/conditions.ts';
import type { Entry } from './flux/inventory.ts';
import { type Mischief, mischiefFailure } from './flux/mischief.ts';
import { below, type Fields, isFields, type KubeObject, type Manifest } from './objects.ts';

/** Marks what the generator made, so that Flux leaves it alone. */
export const LARGE_LABEL = 'sandbox.example/large';

interface Wanted {
  readonly namespace: string;
  readonly name: string;
  readonly source: { readonly namespace: string; readonly name: string };
  readonly revision: string;
  readonly entries: number;
  readonly time: string;
}

const inventories = new Map<number, readonly Entry[]>();

/** The same entries for all of them: ten thousand inventories take no more room than one. */
function inventory(entries: number): readonly Entry[] {
  const known = inventories.get(entries);
  if (known) return known;
  const kinds = ['ConfigMap', 'Service', 'ServiceAccount', 'Secret'] as const;
  const fresh = Array.from({ length: entries }, (_, at) => ({
    id: `application-namespace_component-${String(at).padStart(3, '0')}-of-the-application__${kinds[at % kinds.length]}`,
    v: 'v1',
  }));
  inventories.set(entries, fresh);
  return fresh;
}

/** A Kustomization of an ordinary size: about 6.5 KB of JSON with 20 entries. */
export function largeKustomization({ namespace, name, source, revision, entries, time }: Wanted): {
  readonly manifest: Manifest;
  readonly status: Fields;
} {
  const manifest: Manifest = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace, labels: { [LARGE_LABEL]: 'true' }, managedFields: MANAGED_FIELDS },
    spec: {
      interval: '10m0s',
      path: `./features/${name}`,
      prune: true,
      wait: true,
      timeout: '5m0s',
      sourceRef: { kind: 'GitRepository', ...source },
      kubeConfig: { secretRef: { name: `${namespace}-kubeconfig` } },
    },
  };
  const status = {
    conditions: appliedConditions([], revision, { generation: 1, time }),
    inventory: { entries: inventory(entries) },
    lastAppliedRevision: revision,
    lastAttemptedRevision: revision,
    observedGeneration: 1,
    history: [record(revision, time)],
  };
  return { manifest, status };
}

interface Step {
  readonly revision: string;
  /** Whether it is through, or has only begun. */
  readonly done: boolean;
  readonly broken: Mischief | undefined;
  readonly time: string;
}

/** The next status of one that applies a revision. */
export function largeStatus(object: KubeObject, { revision, done, broken, time }: Step): Fields {
  const { generation } = object.metadata;
  const at = { generation, time };
  const before = conditionsOf(object);
  const status: Fields = { ...object.status, lastAttemptedRevision: revision };
  if (!done) {
    const message = `Detecting drift for revision ${revision} with a timeout of 5m0s`;
    return { ...status, conditions: busy(before, 'Progressing', message, at) };
  }
  if (broken !== undefined) {
    const { reason, message } = failureOf(broken);
    const failed = withCondition(before, { type: 'Ready', status: 'False', reason, message }, at);
    const retry = { type: 'Reconciling', status: 'True', reason: 'ProgressingWithRetry', message } as const;
    return { ...status, conditions: withCondition(failed, retry, at) };
  }
  const history = Array.isArray(status['history']) ? status['history'].filter(isFields) : [];
  return {
    ...status,
    conditions: appliedConditions(before, revision, at),
    lastAppliedRevision: revision,
    observedGeneration: generation,
    history: [
      record(revision, time),
      ...history.filter((each) => below(each, 'metadata')['revision'] !== revision),
    ].slice(0, 5),
  };
}

type At = { readonly generation: number; readonly time: string };

function failureOf(broken: Mischief): { readonly reason: string; readonly message: string } {
  if (broken !== 'health') return mischiefFailure(broken, []);
  const message =
    "health check failed after 12s: failed early due to stalled resources: [Deployment/application-namespace/application status: 'Failed']";
  return { reason: 'HealthCheckFailed', message };
}

function busy(before: readonly Condition[], reason: string, message: string, at: At): readonly Condition[] {
  const unknown = {
    type: 'Ready',
    status: 'Unknown',
    reason,
    message: 'Reconciliation in progress',
  } as const;
  const reconciling = { type: 'Reconciling', status: 'True', reason, message } as const;
  return withCondition(withCondition(before, unknown, at), reconciling, at);
}

function appliedConditions(before: readonly Condition[], revision: string, at: At): readonly Condition[] {
  const ready = {
    type: 'Ready',
    status: 'True',
    reason: 'ReconciliationSucceeded',
    message: `Applied revision: ${revision}`,
  } as const;
  const healthy = {
    type: 'Healthy',
    status: 'True',
    reason: 'Succeeded',
    message: 'Health check passed in 3.1s',
  } as const;
  return withCondition(withCondition(withoutCondition(before, 'Reconciling'), ready, at), healthy, at);
}

function record(revision: string, time: string): Fields {
  return {
    digest: `sha256:${createHash('sha256').update(revision).digest('hex')}`,
    firstReconciled: time,
    lastReconciled: time,
    lastReconciledDuration: '3.4s',
    lastReconciledStatus: 'ReconciliationSucceeded',
    totalReconciliations: 1,
    metadata: { revision },
  };
}

function owned(names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [`f:${name}`, {}]));
}

/** What an API server adds to every object: who wrote which field. */
const MANAGED_FIELDS = [
  {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    fieldsType: 'FieldsV1',
    fieldsV1: {
      'f:metadata': {
        'f:labels': owned([
          LARGE_LABEL,
          'kustomize.toolkit.fluxcd.io/name',
          'kustomize.toolkit.fluxcd.io/namespace',
        ]),
      },
      'f:spec': owned(['interval', 'kubeConfig', 'path', 'prune', 'sourceRef', 'timeout', 'wait']),
    },
    manager: 'kustomize-controller',
    operation: 'Apply',
    time: '2026-01-01T00:00:00Z',
  },
  {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:metadata': { 'f:finalizers': { '.': {}, 'v:"finalizers.fluxcd.io"': {} } } },
    manager: 'gotk-kustomize-controller',
    operation: 'Update',
    time: '2026-01-01T00:00:00Z',
  },
  {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    fieldsType: 'FieldsV1',
    fieldsV1: {
      'f:status': owned([
        'conditions',
        'history',
        'inventory',
        'lastAppliedRevision',
        'lastAttemptedRevision',
        'observedGeneration',
      ]),
    },
    manager: 'gotk-kustomize-controller',
    operation: 'Update',
    subresource: 'status',
    time: '2026-01-01T00:00:00Z',
  },
];
