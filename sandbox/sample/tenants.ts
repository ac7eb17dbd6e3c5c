import type { Cloud } from './clusters.ts';
import { type Files, namespace } from './flux.ts';

const INGRESS_LABELS = { 'app.kubernetes.io/name': 'ingress-nginx' } as const;

export interface Tenant {
  readonly name: string;
  readonly cloud: Cloud;
  readonly cpu: { readonly requests: string; readonly limits: string };
  readonly memory: { readonly requests: string; readonly limits: string };
}

/** A tenant's files: what every environment shares in `common`, the role binding in each environment. */
export function tenantFiles(tenant: Tenant): Files {
  const { name, cloud } = tenant;
  const common = `tenants/${cloud}/common/${name}`;
  return {
    [`${common}/namespace.yaml`]: namespace(name),
    [`${common}/limitrange-default.yaml`]: limitRange(name),
    [`${common}/resourcequota-compute.yaml`]: computeQuota(tenant),
    [`${common}/resourcequota-objects.yaml`]: objectsQuota(name),
    [`${common}/serviceaccount-${name}.yaml`]: object('v1', 'ServiceAccount', name, name),
    [`${common}/networkpolicy-deny-default.yaml`]: policy(name, 'deny-default', '  ingress: []\n'),
    [`${common}/networkpolicy-allow-same-namespace.yaml`]: policy(
      name,
      'allow-same-namespace',
      '  ingress:\n  - from:\n    - podSelector: {}\n',
    ),
    [`${common}/networkpolicy-allow-ingress.yaml`]: policy(
      name,
      'allow-ingress',
      `  ingress:\n  - from:\n    - namespaceSelector:\n        matchLabels:\n          app.kubernetes.io/name: ${INGRESS_LABELS['app.kubernetes.io/name']}\n`,
    ),
    [`tenants/${cloud}/non-prod/${name}/rolebinding-admin.yaml`]: roleBinding(name, 'admin'),
    [`tenants/${cloud}/prod/${name}/rolebinding-reader.yaml`]: roleBinding(name, 'reader'),
  };
}

/** The labels by which tenants' network policies let the ingress controller in. */
export function ingressNamespaceLabels(): Readonly<Record<string, string>> {
  return INGRESS_LABELS;
}

export function computeQuota({ name, cpu, memory }: Tenant): string {
  return `${object('v1', 'ResourceQuota', 'compute', name)}spec:
  hard:
    requests.cpu: ${cpu.requests}
    limits.cpu: ${cpu.limits}
    requests.memory: ${memory.requests}
    limits.memory: ${memory.limits}
`;
}

function objectsQuota(name: string): string {
  return `${object('v1', 'ResourceQuota', 'objects', name)}spec:
  hard:
    configmaps: 30
    secrets: 30
    services: 15
    pods: 25
    services.loadbalancers: 0
    services.nodeports: 0
`;
}

function limitRange(name: string): string {
  return `${object('v1', 'LimitRange', 'default', name)}spec:
  limits:
  - type: Container
    defaultRequest:
      cpu: 50m
      memory: 64Mi
    default:
      cpu: 200m
      memory: 128Mi
`;
}

function policy(name: string, policyName: string, rules: string): string {
  return `${object('networking.k8s.io/v1', 'NetworkPolicy', policyName, name)}spec:
  podSelector: {}
  policyTypes:
  - Ingress
${rules}`;
}

function roleBinding(name: string, role: 'admin' | 'reader'): string {
  return `${object('rbac.authorization.k8s.io/v1', 'RoleBinding', `${name}-${role}`, name)}roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: namespace-${role}
subjects:
- kind: ServiceAccount
  name: ${name}
  namespace: ${name}
`;
}

function object(apiVersion: string, kind: string, name: string, inNamespace: string): string {
  return `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: ${name}
  namespace: ${inNamespace}
`;
}
