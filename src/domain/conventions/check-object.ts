import { isDnsLabel } from '../names.ts';
import type { DeclaredObject } from '../platform/documents.ts';
import { tenantPlaceOf } from '../platform/places.ts';
import type { Policy } from '../policy.ts';
import type { Appliers, Role } from './appliers.ts';
import type { Problem } from './finding.ts';
import type { KnownKinds } from './kinds/known-kinds.ts';
import { type ShapeFault, shapeFaults, type ValuePath } from './kinds/shape-faults.ts';
import type { DefinedKind } from './kinds/shapes-of-definition.ts';
import { type LocatedItem, objectName } from './located-objects.ts';
import { scopeOf } from './scopes.ts';

/** A problem of one object, and where in its document. */
export interface ObjectProblem {
  readonly problem: Problem;
  readonly at: ValuePath;
}

/** What an object is judged by. */
export interface ObjectRules {
  readonly policy: Policy;
  readonly kinds: KnownKinds;
  readonly defined: ReadonlyMap<string, DefinedKind>;
  readonly appliers: Pick<Appliers, 'targetNamespace' | 'roleOf'>;
}

interface Judged {
  readonly path: string;
  readonly item: LocatedItem;
  readonly object: DeclaredObject;
  readonly name: string;
  readonly role: Role;
  readonly rules: ObjectRules;
}

/** A check of one object: small, and knowing nothing of the others. */
type ObjectCheck = (judged: Judged) => readonly ObjectProblem[];

const CHECKS: readonly ObjectCheck[] = [checkShape, checkNames, checkTenant, checkScopeFolder];

/** All that is against the conventions in one object. */
export function checkObject(path: string, item: LocatedItem, rules: ObjectRules): readonly ObjectProblem[] {
  const { object } = item;
  if (object === undefined) return [];
  const judged = { path, item, object, name: objectName(object), role: rules.appliers.roleOf(path), rules };
  return CHECKS.flatMap((check) =>
    check(judged).map(({ problem, at }) => ({ problem, at: [...item.at, ...at] })),
  );
}

function checkShape({ item, object, name, role, rules: { kinds } }: Judged): readonly ObjectProblem[] {
  const shape = kinds.find(object.apiVersion, object.kind);
  // What is encrypted has other values than those that count, and a field of its own.
  if (shape === undefined || isEncrypted(item.value)) return [];
  return shapeFaults(item.value, shape, kinds)
    .filter(({ why }) => role !== 'part' || isWrongInPart(why))
    .map(({ at, why }) => ({ problem: { code: 'schema', object: name, field: at.join('.'), why }, at }));
}

/** A patch says a part of an object, and has words of its own, such as `$patch`. */
function isWrongInPart(why: ShapeFault['why']): boolean {
  return why.kind !== 'missing' && !(why.kind === 'unknown' && why.field.startsWith('$'));
}

function isEncrypted(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'sops' in value && value.sops != null;
}

const subdomain = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
function checkNames({ object, name: shown }: Judged): readonly ObjectProblem[] {
  const { name, namespace } = object.metadata;
  const found: ObjectProblem[] = [];
  const complain = (field: 'name' | 'namespace', rule: 'label' | 'subdomain') =>
    found.push({ problem: { code: 'name-form', object: shown, field, rule }, at: ['metadata', field] });
  // RBAC's names are segments of a path only: `system:node`.
  const isFree = object.apiVersion.startsWith('rbac.authorization.k8s.io/');
  const isLabel = ['Namespace', 'Service'].includes(object.kind) && object.apiVersion === 'v1';
  if (!isFree && !name.includes('${')) {
    if (isLabel && !isDnsLabel(name)) complain('name', 'label');
    if (!isLabel && !isSubdomain(name)) complain('name', 'subdomain');
  }
  if (namespace !== undefined && !namespace.includes('${') && !isDnsLabel(namespace))
    complain('namespace', 'label');
  return found;
}

function isSubdomain(name: string): boolean {
  return (
    subdomain.test(name) && name.split('.').every((part) => /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(part))
  );
}

/** A tenant has its namespace, and nothing beyond it. */
function checkTenant({ path, object, name: shown, role, rules }: Judged): readonly ObjectProblem[] {
  const tenant = tenantPlaceOf(path, rules.policy.layout)?.tenant;
  if (tenant === undefined || role === 'part') return [];
  const { kind, apiVersion, metadata } = object;
  if (kind === 'Namespace' && apiVersion === 'v1') {
    if (metadata.name === tenant) return [];
    const problem = { code: 'tenant-namespace', object: shown, tenant, namespace: metadata.name } as const;
    return [{ problem, at: ['metadata', 'name'] }];
  }
  const scope = scopeOf(object, rules.defined);
  if (scope === 'cluster')
    return [{ problem: { code: 'tenant-cluster-scoped', object: shown, tenant }, at: ['kind'] }];
  const namespace = rules.appliers.targetNamespace(path) ?? metadata.namespace;
  // What an overlay alters may get its namespace from it.
  if (namespace === tenant || (namespace === undefined && role === 'altered')) return [];
  const at = metadata.namespace === undefined ? ['metadata'] : ['metadata', 'namespace'];
  return [{ problem: { code: 'tenant-namespace', object: shown, tenant, namespace }, at }];
}

/** `namespaced` and `non-namespaced` are folders by which people find things. */
function checkScopeFolder({ path, object, name: shown, rules }: Judged): readonly ObjectProblem[] {
  const folder = path.split('/').findLast((part) => part === 'namespaced' || part === 'non-namespaced');
  if (folder !== 'namespaced' && folder !== 'non-namespaced') return [];
  const scope = scopeOf(object, rules.defined);
  const isWrong =
    folder === 'namespaced'
      ? scope === 'cluster'
      : scope === 'namespaced' || object.metadata.namespace !== undefined;
  return isWrong ? [{ problem: { code: 'scope-folder', object: shown, folder }, at: ['kind'] }] : [];
}
