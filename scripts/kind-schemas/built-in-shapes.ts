import path from 'node:path';
import { parseDeclarations } from './parse-declarations.ts';
import type { Shapes } from './shapes-of-definition.ts';

/** Stable kinds that people declare in a repository. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  v1: [
    'ConfigMap',
    'Endpoints',
    'LimitRange',
    'Namespace',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'Pod',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  'apps/v1': ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'batch/v1': ['CronJob', 'Job'],
  'networking.k8s.io/v1': ['Ingress', 'IngressClass', 'NetworkPolicy'],
  'rbac.authorization.k8s.io/v1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'policy/v1': ['PodDisruptionBudget'],
  'autoscaling/v1': ['HorizontalPodAutoscaler'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'admissionregistration.k8s.io/v1': ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  'apiextensions.k8s.io/v1': ['CustomResourceDefinition'],
  'apiregistration.k8s.io/v1': ['APIService'],
  'scheduling.k8s.io/v1': ['PriorityClass'],
  'storage.k8s.io/v1': ['StorageClass'],
  'coordination.k8s.io/v1': ['Lease'],
  'node.k8s.io/v1': ['RuntimeClass'],
};

/** The shapes of Kubernetes' own kinds, from the package kubernetes-models in a folder of packages. */
export function builtInShapes(modules: string): Shapes {
  const shapes: Shapes = { kinds: {}, types: {} };
  for (const [version, kinds] of Object.entries(KINDS)) {
    for (const kind of kinds) {
      const file = path.join(modules, 'kubernetes-models', version, `${kind}.d.ts`);
      shapes.kinds[`${version} ${kind}`] = `#${parseDeclarations(file, modules, shapes.types)}`;
    }
  }
  return shapes;
}
