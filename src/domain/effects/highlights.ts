import { z } from 'zod';
import type { DeclaredObject } from '../platform/documents.ts';
import { compareAmounts, parseQuantity } from '../quantity.ts';
import type { Highlight, ObjectChange } from './effect.ts';

interface Facts {
  readonly change: ObjectChange['change'];
  readonly pruned: boolean;
  readonly before: DeclaredObject | undefined;
  readonly after: DeclaredObject | undefined;
}

const rules: Readonly<Record<Highlight, (object: DeclaredObject, facts: Facts) => boolean>> = {
  crd: ({ kind, apiVersion }) =>
    kind === 'CustomResourceDefinition' && apiVersion.startsWith('apiextensions.k8s.io/'),
  'cluster-rbac': ({ kind, apiVersion }) =>
    (kind === 'ClusterRole' || kind === 'ClusterRoleBinding') &&
    apiVersion.startsWith('rbac.authorization.k8s.io/'),
  'namespace-removed': ({ kind, apiVersion }, { change, pruned }) =>
    kind === 'Namespace' && apiVersion === 'v1' && change === 'deleted' && pruned,
  pruned: (_, { change, pruned }) => change === 'deleted' && pruned,
  'quota-cut': (_, { before, after }) =>
    before?.kind === 'ResourceQuota' && after?.kind === 'ResourceQuota' && isCut(before, after),
};

const names: readonly Highlight[] = ['crd', 'cluster-rbac', 'namespace-removed', 'pruned', 'quota-cut'];

/** What stands out about a change of an object. */
export function highlightsOf(facts: Facts): readonly Highlight[] {
  const object = facts.after ?? facts.before;
  return object === undefined ? [] : names.filter((name) => rules[name](object, facts));
}

const quotaSpec = z.object({ hard: z.record(z.string(), z.union([z.string(), z.number()])) });

function isCut(before: DeclaredObject, after: DeclaredObject): boolean {
  const now = hardOf(after);
  return Object.entries(hardOf(before)).some(([resource, was]) => {
    const [old, fresh] = [parseQuantity(String(was)), parseQuantity(String(now[resource]))];
    return old !== undefined && fresh !== undefined && compareAmounts(fresh, old) < 0;
  });
}

function hardOf({ spec }: DeclaredObject): Readonly<Record<string, string | number>> {
  return quotaSpec.safeParse(spec).data?.hard ?? {};
}
