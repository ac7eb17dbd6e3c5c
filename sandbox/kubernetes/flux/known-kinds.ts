import { below, groupVersion, isFields, type Manifest } from '../objects.ts';
import { type Installed, versionsOf } from '../resources.ts';

/** Group -> versions and kinds that every Kubernetes of these days knows. */
const BUILT_IN: Readonly<Record<string, { readonly versions: string; readonly kinds: string }>> = {
  '': {
    versions: 'v1',
    kinds:
      'Namespace ConfigMap Secret Service ServiceAccount Pod PersistentVolume PersistentVolumeClaim LimitRange ResourceQuota Endpoints ReplicationController PodTemplate Event Node',
  },
  apps: { versions: 'v1', kinds: 'Deployment StatefulSet DaemonSet ReplicaSet ControllerRevision' },
  batch: { versions: 'v1', kinds: 'Job CronJob' },
  'rbac.authorization.k8s.io': { versions: 'v1', kinds: 'Role RoleBinding ClusterRole ClusterRoleBinding' },
  'networking.k8s.io': { versions: 'v1', kinds: 'Ingress IngressClass NetworkPolicy' },
  policy: { versions: 'v1', kinds: 'PodDisruptionBudget' },
  autoscaling: { versions: 'v1 v2', kinds: 'HorizontalPodAutoscaler' },
  'storage.k8s.io': { versions: 'v1', kinds: 'StorageClass CSIDriver VolumeAttachment' },
  'scheduling.k8s.io': { versions: 'v1', kinds: 'PriorityClass' },
  'admissionregistration.k8s.io': {
    versions: 'v1',
    kinds:
      'ValidatingWebhookConfiguration MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding',
  },
  'apiextensions.k8s.io': { versions: 'v1', kinds: 'CustomResourceDefinition' },
  'apiregistration.k8s.io': { versions: 'v1', kinds: 'APIService' },
  'coordination.k8s.io': { versions: 'v1', kinds: 'Lease' },
};

/** Kinds of the groups that every management cluster has, by version where Flux or Cluster API changed it. */
const OF_FLUX: Readonly<Record<string, string>> = {
  'source.toolkit.fluxcd.io': 'GitRepository OCIRepository HelmRepository HelmChart Bucket',
  'kustomize.toolkit.fluxcd.io': 'Kustomization',
  'helm.toolkit.fluxcd.io': 'HelmRelease',
  'cluster.x-k8s.io':
    'Cluster ClusterClass Machine MachineSet MachineDeployment MachineHealthCheck MachinePool',
};

const CLUSTER_SCOPED = new Set(
  'Namespace Node PersistentVolume ClusterRole ClusterRoleBinding IngressClass StorageClass CSIDriver VolumeAttachment PriorityClass ValidatingWebhookConfiguration MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding CustomResourceDefinition APIService'.split(
    ' ',
  ),
);

/** Whether an object of a built-in kind is in no namespace. */
export function isClusterScoped({ kind, apiVersion }: Pick<Manifest, 'kind' | 'apiVersion'>): boolean {
  return CLUSTER_SCOPED.has(kind) && groupVersion(apiVersion).group in BUILT_IN;
}

/** A cluster to which Kustomizations apply, as far as it matters what it knows. */
export class Target {
  readonly #installed: Installed | undefined;
  readonly #defined = new Map<string, readonly string[]>();

  /** @param installed what a management cluster was installed with; a workload cluster has none of it. */
  constructor(installed: Installed | undefined) {
    this.#installed = installed;
  }

  /** From now on it knows what a CustomResourceDefinition defines. */
  define(manifest: Manifest): void {
    const spec = below(manifest, 'spec');
    const versions = Array.isArray(spec['versions']) ? spec['versions'].filter(isFields) : [];
    const key = `${spec['group']}/${below(spec, 'names')['kind']}`;
    const served = versions.filter((each) => each['served'] !== false).map((each) => String(each['name']));
    this.#defined.set(key, served);
  }

  knows({ apiVersion, kind }: Pick<Manifest, 'kind' | 'apiVersion'>): boolean {
    const { group, version } = groupVersion(apiVersion);
    const builtIn = BUILT_IN[group];
    if (builtIn)
      return builtIn.versions.split(' ').includes(version) && builtIn.kinds.split(' ').includes(kind);
    if (this.#defined.get(`${group}/${kind}`)?.includes(version)) return true;
    return this.#installed !== undefined && knownToFlux(this.#installed, group, version, kind);
  }
}

function knownToFlux(installed: Installed, group: string, version: string, kind: string): boolean {
  const kinds = OF_FLUX[group];
  if (kinds) return kinds.split(' ').includes(kind) && versionsOf(installed, group).includes(version);
  if (/^(notification|image)\.toolkit\.fluxcd\.io$/.test(group)) return /^v1(beta[123])?$/.test(version);
  if (group.endsWith('.cluster.x-k8s.io') && installed.lifecycle.includes('cluster-api'))
    return installed.flux === '2.6' ? /^v1(alpha[34]|beta[12])$/.test(version) : /^v1beta[12]$/.test(version);
  return versionsOf(installed, group).includes(version);
}
