import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { parseDeclarations } from './kind-schemas/parse-declarations.ts';
import { type Shapes, shapesOfDefinition } from './kind-schemas/shapes-of-definition.ts';

/**
 * Writes what the kinds of Kubernetes and Flux look like, for the check of conventions: those of Kubernetes from the
 * package kubernetes-models, those of Flux from its CustomResourceDefinitions, whose files are the arguments.
 */
const ROOT = path.dirname(import.meta.dirname);
const MODULES = path.join(ROOT, 'node_modules');
const TARGET = path.join(ROOT, 'src/domain/conventions/kinds/kind-shapes.ts');

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

const shapes: Shapes = { kinds: {}, types: {} };
for (const [version, kinds] of Object.entries(KINDS)) {
  for (const kind of kinds) {
    const file = path.join(MODULES, 'kubernetes-models', version, `${kind}.d.ts`);
    shapes.kinds[`${version} ${kind}`] = `#${parseDeclarations(file, MODULES, shapes.types)}`;
  }
}
for (const file of process.argv.slice(2)) {
  for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
    Object.assign(shapes.kinds, shapesOfDefinition(document.toJS()));
  }
}
const text = JSON.stringify(shapes).replaceAll('\\', '\\\\').replaceAll("'", "\\'");
writeFileSync(
  TARGET,
  `/** What the kinds of Kubernetes and Flux look like, as JSON; written by scripts/kind-schemas.ts. */\nexport const kindShapes =\n  '${text}';\n`,
);
