import type { KubeObject } from '../objects.ts';
import type { Store } from '../store.ts';
import { conditionOf } from './conditions.ts';
import { sourcePlace } from './references.ts';
import { type KustomizationSpec, kustomizationOf } from './specs.ts';

/** The first dependency that is not there yet, in Flux's words; undefined when nothing is waited for. */
export function dependencyProblem(
  store: Store,
  object: KubeObject,
  spec: KustomizationSpec,
  revision: string,
): string | undefined {
  for (const { name, namespace = object.metadata.namespace ?? '' } of spec.dependsOn) {
    const called = `${namespace}/${name}`;
    const other = store.get('kustomizations', namespace, name);
    if (!other)
      return `unable to get '${called}' dependency: Kustomization.kustomize.toolkit.fluxcd.io "${name}" not found`;
    const observed = other.status?.['observedGeneration'] === other.metadata.generation;
    if (!observed || conditionOf(other, 'Ready')?.status !== 'True')
      return `dependency '${called}' is not ready`;
    if (isOfSource(object, spec, other) && other.status?.['lastAppliedRevision'] !== revision)
      return `dependency '${called}' revision is not up to date`;
  }
  return undefined;
}

function isOfSource(object: KubeObject, spec: KustomizationSpec, other: KubeObject): boolean {
  const theirs = kustomizationOf(other);
  return theirs !== undefined && sourcePlace(other, theirs) === sourcePlace(object, spec);
}
