export const PATHS = {
  kustomizations: '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations',
  sources: '/apis/source.toolkit.fluxcd.io/v1/gitrepositories',
  helmReleases: '/apis/helm.toolkit.fluxcd.io/v2/helmreleases',
  clusters: '/apis/cluster.x-k8s.io/v1beta2/clusters',
} as const;

export const SHA = 'a'.repeat(40);
const time = '2026-01-02T03:04:05Z';
const ready = {
  type: 'Ready',
  status: 'True',
  reason: 'ReconciliationSucceeded',
  message: `Applied revision: v1@sha1:${SHA}`,
  lastTransitionTime: time,
  observedGeneration: 2,
};

/** A Kustomization as a cluster shows it, with as many inventory entries as asked for. */
export function rawKustomization(namespace: string, name: string, entries = 2, more: object = {}) {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: {
      namespace,
      name,
      generation: 2,
      uid: '0b5e5d7e-2f0e-4f0a-9d5c-5c4d8d3b1a10',
      labels: { 'kustomize.toolkit.fluxcd.io/name': 'mgmt' },
    },
    spec: {
      interval: '5m',
      path: './tenants/aws/prod',
      prune: true,
      wait: true,
      sourceRef: { kind: 'GitRepository', name: 'release', namespace: 'flux-system' },
      kubeConfig: { secretRef: { name: `${namespace}-kubeconfig` } },
      ...more,
    },
    status: {
      observedGeneration: 2,
      lastAttemptedRevision: `v1@sha1:${SHA}`,
      lastAppliedRevision: `v1@sha1:${SHA}`,
      lastHandledReconcileAt: time,
      conditions: [ready, { ...ready, type: 'Healthy', reason: 'HealthCheckSucceeded' }],
      inventory: {
        entries: Array.from({ length: entries }, (_, index) => ({
          id: `${namespace}-tenant-${index}_some-fairly-long-resource-name-${index}_rbac.authorization.k8s.io_RoleBinding`,
          v: 'v1',
        })),
      },
      history: Array.from({ length: entries > 2 ? 5 : 0 }, (_, index) => ({
        digest: `sha256:${String(index).repeat(64)}`,
        firstReconciled: time,
        lastReconciled: time,
        lastReconciledDuration: '1.2s',
        lastReconciledStatus: 'ReconciliationSucceeded',
        totalReconciliations: 7,
        metadata: { revision: `v1@sha1:${SHA}` },
      })),
    },
  };
}

export function rawSource(name: string, ref: object, revision: string, more: object = {}) {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { namespace: 'flux-system', name, generation: 1 },
    spec: { interval: '1m', url: 'ssh://git@git.example/acme/platform.git', ref, ...more },
    status: {
      observedGeneration: 1,
      artifact: { revision, lastUpdateTime: time, digest: 'sha256:x', path: 'x', url: 'http://x' },
      conditions: [ready],
    },
  };
}

export function rawHelmRelease(namespace: string, name: string) {
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: {
      namespace,
      name,
      generation: 2,
      labels: { 'kustomize.toolkit.fluxcd.io/name': 'one', 'kustomize.toolkit.fluxcd.io/namespace': 'prod' },
    },
    spec: { interval: '5m' },
    status: { observedGeneration: 2, lastAttemptedRevision: '1.2.3', conditions: [ready] },
  };
}

export function rawCluster(name: string) {
  return {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'Cluster',
    metadata: { namespace: name, name, generation: 1 },
    spec: {},
    status: { phase: 'Provisioned', conditions: [{ ...ready, type: 'Available', reason: 'Available' }] },
  };
}
