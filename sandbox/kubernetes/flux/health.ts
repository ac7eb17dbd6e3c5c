import { groupVersion, type KubeObject, type Manifest } from '../objects.ts';
import type { Applier } from './applier.ts';
import { conditionOf } from './conditions.ts';
import { type Identity, identityOf, idOf } from './inventory.ts';
import type { KustomizationSpec } from './specs.ts';

/** What Flux looks at before it calls a Kustomization ready; nothing without `wait` and `healthChecks`. */
export function healthChecks(
  self: KubeObject,
  spec: KustomizationSpec,
  applied: readonly Manifest[],
): readonly Identity[] {
  if (!spec.wait)
    return spec.healthChecks.map(({ apiVersion = '', kind, name, namespace = '' }) => ({
      group: groupVersion(apiVersion).group,
      kind,
      name,
      namespace,
    }));
  // It would wait for itself for ever.
  return applied.map((object) => identityOf(idOf(object))).filter((identity) => !isSelf(self, identity));
}

function isSelf({ kind, metadata }: KubeObject, identity: Identity): boolean {
  return (
    identity.kind === kind && identity.name === metadata.name && identity.namespace === metadata.namespace
  );
}

/** Those that are not current yet, as kstatus sees them; objects of kinds that are not kept are current at once. */
export function unhealthy(applier: Applier, checks: readonly Identity[]): readonly string[] {
  return checks.flatMap((check) => {
    const object = applier.find(check);
    return object === undefined || isCurrent(object) ? [] : [named(check, 'InProgress')];
  });
}

export function named({ kind, namespace, name }: Identity, status: string): string {
  return `${[kind, namespace, name].filter(Boolean).join('/')} status: '${status}'`;
}

/** https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md */
function isCurrent(object: KubeObject): boolean {
  const observed = object.status?.['observedGeneration'];
  if (typeof observed === 'number' && observed !== object.metadata.generation) return false;
  if (conditionOf(object, 'Reconciling')?.status === 'True') return false;
  const ready = conditionOf(object, 'Ready');
  return ready === undefined || ready.status === 'True';
}
