import type { CheckedRequest } from './check-request.ts';
import { computeOf } from './form/size.ts';
import {
  allowIngressManifest,
  allowPortManifest,
  allowSameNamespaceManifest,
  computeQuotaManifest,
  denyDefaultManifest,
  limitRangeManifest,
  type Manifest,
  namespaceManifest,
  objectsQuotaManifest,
  roleBindingManifest,
  serviceAccountManifest,
  writeManifest,
} from './manifests.ts';
import type { Platform } from './platform.ts';
import type { Policy } from './policy.ts';
import type { Templates } from './templates/template.ts';
import {
  baseFromTemplates,
  environmentFromTemplates,
  type RenderedTemplate,
} from './templates/template-files.ts';
import type { ComputeQuota } from './tenant-request.ts';

/** What a file is for, for the views to say. */
export type FileUse =
  | { readonly kind: 'namespace' | 'limit-range' | 'compute-quota' | 'objects-quota' | 'service-account' }
  | { readonly kind: 'deny-default' | 'allow-same-namespace' | 'allow-ingress' }
  | { readonly kind: 'allow-port'; readonly port: number }
  | { readonly kind: 'role-binding'; readonly level: string; readonly role: string }
  /** From a template of the platform's own; `holds` is kind and name of its object. */
  | { readonly kind: 'template'; readonly holds: string; readonly isOfEnvironment: boolean };

export interface TenantFile {
  /** Path in the repository. */
  readonly path: string;
  readonly content: string;
  readonly what: FileUse;
  readonly cloud: string;
  /** An environment, or the layout's shared folder. */
  readonly folder: string;
}

/**
 * The files that a request adds, in the order in which one reads them.
 *
 * What all environments share stands once, in the shared folder, when the request names every environment of a cloud
 * that has several. Otherwise everything stands under each environment that was named, because the shared folder would
 * reach the others. Where the tenant stands in the shared folder already, a further environment needs its role
 * binding only; where it stands under one environment, a further one gets everything under itself.
 *
 * @param platform undefined is a cloud of which nothing is known; then nothing is shared.
 * @throws when the request names a size or a level that the policy does not have: it was not checked against it.
 */
export function tenantFiles(
  request: CheckedRequest,
  policy: Policy,
  platform: Platform | undefined,
): readonly TenantFile[] {
  return request.clouds.flatMap((cloud) => {
    const { shared, tenants } = policy.layout;
    const inFolder = (folder: string, files: readonly NamedFile[]) =>
      files.map(({ file, content, what }): TenantFile => {
        const path = `${tenants}/${cloud}/${folder}/${request.name}/${file}`;
        return { path, content, what, cloud, folder };
      });
    const set = platform?.templates
      ? templateSet(platform.templates, request, policy)
      : builtIn(request, policy);
    const bindings = (environment: string) => inFolder(environment, set.ofEnvironment(environment));
    const base = (folder: string) => inFolder(folder, set.base());
    const where = placement(request, cloud, platform, shared);
    if (where === 'everything-apart')
      return request.environments.flatMap((one) => [...base(one), ...bindings(one)]);
    return [...(where === 'shared' ? base(shared) : []), ...request.environments.flatMap(bindings)];
  });
}

/** Where the files of one cloud go. */
export type Placement = 'shared' | 'everything-apart' | 'bindings-only';

/** Decides where the files of one cloud go; see `tenantFiles`. */
export function placement(
  request: Pick<CheckedRequest, 'name' | 'environments'>,
  cloud: string,
  platform: Platform | undefined,
  shared: string,
): Placement {
  const places =
    platform?.tenants.filter((place) => place.tenant === request.name && place.cloud === cloud) ?? [];
  if (places.some(({ folder }) => folder === shared)) return 'bindings-only';
  const all = platform?.clouds.find(({ name }) => name === cloud)?.environments ?? [];
  const isAll = all.length > 1 && all.every((environment) => request.environments.includes(environment));
  return isAll && places.length === 0 ? 'shared' : 'everything-apart';
}

interface NamedFile {
  readonly file: string;
  readonly content: string;
  readonly what: FileUse;
}

/** What a tenant's files are made from. */
interface FileSet {
  base(): readonly NamedFile[];
  ofEnvironment(environment: string): readonly NamedFile[];
}

function builtIn(request: CheckedRequest, policy: Policy): FileSet {
  const written = ({ file, manifest, what }: NamedManifest): NamedFile => {
    return { file: `${file}.yaml`, content: writeManifest(manifest), what };
  };
  return {
    base: () => baseManifests(request, policy).map(written),
    ofEnvironment: (environment) => roleBindings(request, environment, policy).map(written),
  };
}

function templateSet({ templates }: Templates, request: CheckedRequest, policy: Policy): FileSet {
  const compute = knownCompute(request, policy);
  const named = (isOfEnvironment: boolean) => (made: RenderedTemplate) => {
    const { file, content, holds } = made;
    return { file, content, what: { kind: 'template', holds, isOfEnvironment } } as const;
  };
  return {
    base: () => baseFromTemplates(templates, request, compute).map(named(false)),
    ofEnvironment: (environment) =>
      request.access
        .filter((grant) => grant.environment === environment)
        .flatMap((grant) => {
          const role = roleOf(grant.level, policy);
          return environmentFromTemplates(templates, request, compute, { ...grant, role });
        })
        .map(named(true)),
  };
}

interface NamedManifest {
  readonly file: string;
  readonly manifest: Manifest;
  readonly what: FileUse;
}

function baseManifests(request: CheckedRequest, policy: Policy): readonly NamedManifest[] {
  const compute = knownCompute(request, policy);
  const { reach } = request;
  const ports = [...new Set(reach.ports.map(({ port }) => port))].sort((a, b) => a - b);
  return [
    one('namespace', namespaceManifest(request, policy), 'namespace'),
    one('limitrange-default', limitRangeManifest(request, policy), 'limit-range'),
    one('resourcequota-compute', computeQuotaManifest(request, compute), 'compute-quota'),
    one('resourcequota-objects', objectsQuotaManifest(request, policy), 'objects-quota'),
    one(`serviceaccount-${request.name}`, serviceAccountManifest(request), 'service-account'),
    one('networkpolicy-deny-default', denyDefaultManifest(request), 'deny-default'),
    ...(reach.sameNamespace
      ? [
          one(
            'networkpolicy-allow-same-namespace',
            allowSameNamespaceManifest(request),
            'allow-same-namespace',
          ),
        ]
      : []),
    ...(reach.ingress
      ? [one('networkpolicy-allow-ingress', allowIngressManifest(request, policy), 'allow-ingress')]
      : []),
    ...ports.map((port) => portPolicy(request, port)),
  ];
}

function knownCompute({ size }: CheckedRequest, policy: Policy): ComputeQuota {
  const compute = computeOf(size, policy);
  if (compute === undefined) throw new Error('failed to write the tenant: the policy has no such size');
  return compute;
}

function roleOf(level: string, policy: Policy): string {
  const role = Object.hasOwn(policy.access.roles, level) ? policy.access.roles[level] : undefined;
  if (role === undefined) throw new Error(`failed to write the tenant: the policy has no level ${level}`);
  return role;
}

function one(
  file: string,
  manifest: Manifest,
  kind: Exclude<FileUse['kind'], 'allow-port' | 'role-binding' | 'template'>,
): NamedManifest {
  return { file, manifest, what: { kind } };
}

function portPolicy(request: CheckedRequest, port: number): NamedManifest {
  const rules = request.reach.ports.filter((rule) => rule.port === port);
  return {
    file: `networkpolicy-allow-tcp-${port}`,
    manifest: allowPortManifest(request, port, rules),
    what: { kind: 'allow-port', port },
  };
}

function roleBindings(
  request: CheckedRequest,
  environment: string,
  policy: Policy,
): readonly NamedManifest[] {
  return request.access
    .filter((grant) => grant.environment === environment)
    .map(({ level, groups }) => {
      const role = roleOf(level, policy);
      const manifest = roleBindingManifest(request, level, role, groups);
      return { file: `rolebinding-${level}`, manifest, what: { kind: 'role-binding', level, role } };
    });
}
