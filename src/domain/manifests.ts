import { stringify } from 'yaml';
import type { Policy } from './policy.ts';
import type { ComputeQuota, PortRule, TenantRequest } from './tenant-request.ts';

/** A Kubernetes object to be written, its keys in the order in which they are written. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/**
 * The object as YAML in the platform's hand: lists not indented, long lines not folded, null as nothing. What YAML 1.1
 * would take for something else than a text (`yes`, `on`, `12:30`) is quoted: Kubernetes' tools still read that.
 */
export function writeManifest(manifest: Manifest): string {
  return stringify(manifest, {
    indentSeq: false,
    lineWidth: 0,
    nullStr: '',
    aliasDuplicateObjects: false,
    compat: 'yaml-1.1',
  });
}

type Namespaced = Pick<TenantRequest, 'name'>;

export function namespaceManifest(
  request: Pick<TenantRequest, 'name' | 'labels' | 'owner' | 'contact' | 'purpose'>,
  policy: Policy,
): Manifest {
  const annotations = (['owner', 'contact', 'purpose'] as const).flatMap((field) => {
    const key = policy.annotations[field];
    return key === undefined ? [] : [[key, request[field]] as const];
  });
  const metadata = {
    name: request.name,
    ...(Object.keys(request.labels).length > 0 && { labels: request.labels }),
    ...(annotations.length > 0 && { annotations: Object.fromEntries(annotations) }),
  };
  return { apiVersion: 'v1', kind: 'Namespace', metadata };
}

export function limitRangeManifest({ name }: Namespaced, policy: Policy): Manifest {
  const { limits, requests } = policy.containers;
  const container = {
    default: { cpu: limits.cpu, memory: limits.memory },
    defaultRequest: { cpu: requests.cpu, memory: requests.memory },
    type: 'Container',
  };
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'default', namespace: name },
    spec: { limits: [container] },
  };
}

export function computeQuotaManifest({ name }: Namespaced, compute: ComputeQuota): Manifest {
  return quota(name, 'compute', {
    'requests.memory': compute.requestsMemory,
    'limits.memory': compute.limitsMemory,
    'requests.cpu': compute.requestsCpu,
    'limits.cpu': compute.limitsCpu,
  });
}

export function objectsQuotaManifest({ name }: Namespaced, policy: Policy): Manifest {
  return quota(name, 'objects', policy.objects);
}

function quota(namespace: string, name: string, hard: Readonly<Record<string, unknown>>): Manifest {
  return { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name, namespace }, spec: { hard } };
}

export function serviceAccountManifest({ name }: Namespaced): Manifest {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: name } };
}

const networking = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' } as const;

export function denyDefaultManifest({ name }: Namespaced): Manifest {
  // The model's file has these two keys the other way round.
  const { kind, apiVersion } = networking;
  return {
    kind,
    apiVersion,
    metadata: { name: 'deny-default', namespace: name },
    spec: { podSelector: {}, ingress: [] },
  };
}

export function allowSameNamespaceManifest({ name }: Namespaced): Manifest {
  return {
    ...networking,
    metadata: { name: 'allow-same-namespace', namespace: name },
    // Null selects every pod, as {} does; the platform's own files have it so.
    spec: { podSelector: null, ingress: [{ from: [{ podSelector: {} }] }] },
  };
}

export function allowIngressManifest({ name }: Namespaced, policy: Policy): Manifest {
  return {
    ...networking,
    metadata: { name: 'allow-ingress', namespace: name },
    spec: {
      ingress: [{ from: [{ namespaceSelector: { matchLabels: policy.ingress.selector } }] }],
      podSelector: {},
      policyTypes: ['Ingress'],
    },
  };
}

/** Where a port may be reached from, as a network policy says it; none is from anywhere. */
export function portSources(rules: readonly PortRule[]): readonly object[] {
  if (rules.some(({ from }) => from.kind === 'anywhere')) return [];
  return rules.flatMap(({ from }): readonly object[] => {
    if (from.kind === 'cidr') return [{ ipBlock: { cidr: from.cidr } }];
    if (from.kind === 'anywhere') return [];
    return [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': from.name } } }];
  });
}

/** Lets the given sources reach one TCP port of every pod; one source of `anywhere` makes the others needless. */
export function allowPortManifest({ name }: Namespaced, port: number, rules: readonly PortRule[]): Manifest {
  const from = portSources(rules);
  return {
    ...networking,
    metadata: { name: `allow-tcp-${port}`, namespace: name },
    spec: {
      ingress: [{ ...(from.length > 0 && { from }), ports: [{ port, protocol: 'TCP' }] }],
      podSelector: {},
      policyTypes: ['Ingress'],
    },
  };
}

export function roleBindingManifest(
  { name }: Namespaced,
  level: string,
  clusterRole: string,
  groups: readonly string[],
): Manifest {
  const rbac = 'rbac.authorization.k8s.io';
  return {
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    metadata: { name: `${name}-${level}`, namespace: name },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: clusterRole },
    subjects: roleSubjects(name, groups),
  };
}

/** Who gets a role: the tenant's service account, and groups. */
export function roleSubjects(name: string, groups: readonly string[]): readonly object[] {
  const apiGroup = 'rbac.authorization.k8s.io';
  return [
    { kind: 'ServiceAccount', name, namespace: name },
    ...groups.map((group) => ({ apiGroup, kind: 'Group', name: group })),
  ];
}
