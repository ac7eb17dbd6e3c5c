import { isClusterScoped } from '../effects/identity.ts';
import type { DeclaredObject } from '../platform/documents.ts';
import type { DefinedKind } from './kinds/shapes-of-definition.ts';

export type Scope = 'namespaced' | 'cluster' | 'unknown';

/** Groups of Kubernetes itself, whose kinds are known. */
const ownGroup = /^(?:|apps|batch|policy|autoscaling|extensions|.*\.k8s\.io)$/;

/** Whether an object stands in a namespace, by its kind; that of somebody's own kind tells its definition alone. */
export function scopeOf(
  { apiVersion, kind }: DeclaredObject,
  defined: ReadonlyMap<string, DefinedKind>,
): Scope {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const own = defined.get(`${group} ${kind}`);
  if (own !== undefined) return own.isClusterScoped ? 'cluster' : 'namespaced';
  if (group.endsWith('.toolkit.fluxcd.io')) return 'namespaced';
  if (!ownGroup.test(group) || group.endsWith('.x-k8s.io')) return 'unknown';
  return isClusterScoped(kind) ? 'cluster' : 'namespaced';
}
