import type { KubeObject } from '../objects.ts';
import type { Store } from '../store.ts';
import type { Destination } from './applier.ts';
import type { KustomizationSpec } from './specs.ts';

/** Without a namespace of its own a source is in that of the Kustomization. */
function sourceNamespace({ metadata }: KubeObject, { sourceRef }: KustomizationSpec): string {
  return sourceRef.namespace ?? metadata.namespace ?? '';
}

/** `GitRepository/flux-system/main`. */
export function sourcePlace(object: KubeObject, spec: KustomizationSpec): string {
  return `${spec.sourceRef.kind}/${sourceNamespace(object, spec)}/${spec.sourceRef.name}`;
}

/** The source that a Kustomization follows; other kinds than GitRepositories are never there. */
export function sourceOf(store: Store, object: KubeObject, spec: KustomizationSpec): KubeObject | undefined {
  const { kind, name } = spec.sourceRef;
  return kind === 'GitRepository'
    ? store.get('gitrepositories', sourceNamespace(object, spec), name)
    : undefined;
}

/** Where it applies to. */
export function destinationOf({ metadata }: KubeObject, { kubeConfig }: KustomizationSpec): Destination {
  const secret = kubeConfig?.secretRef?.name ?? kubeConfig?.configMapRef?.name;
  if (secret === undefined) return { kind: 'management' };
  return { kind: 'workload', key: `${metadata.namespace}/${secret}` };
}
