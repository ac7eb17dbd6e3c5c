import type { ServerResponse } from 'node:http';

export interface KubeObject {
  readonly metadata: Record<string, unknown> & { readonly namespace: string; readonly name: string };
  readonly [key: string]: unknown;
}
export interface Change {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly path: string;
  readonly object: KubeObject;
}
export interface Watcher {
  readonly path: string;
  readonly response: ServerResponse;
}

/** What a request meets instead of its answer. */
export type Trouble =
  | { readonly status: number; readonly headers?: Record<string, string> }
  | 'hang'
  | 'cut'
  | Torn;

/** A list of which half comes: the connection breaks then, or the answer ends as if that were all. */
export type Torn = 'torn' | 'short';

/** What a cluster with Flux and Cluster API serves. */
export const FLUX = {
  'source.toolkit.fluxcd.io': ['v1'],
  'kustomize.toolkit.fluxcd.io': ['v1'],
  'helm.toolkit.fluxcd.io': ['v2'],
  'cluster.x-k8s.io': ['v1beta2'],
};
