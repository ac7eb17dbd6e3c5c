import type { Delivery } from '../delivery.ts';
import type { Platform } from '../platform.ts';

/** The repository at one commit: what it declares, and every file's blob id. */
export interface RepositoryState {
  readonly platform: Platform;
  /** Path -> blob id, of every file. */
  readonly oids: ReadonlyMap<string, string>;
}

export interface EffectsQuestion {
  readonly before: RepositoryState;
  readonly after: RepositoryState;
  /**
   * The Kustomizations and sources that stand on the management clusters when the change arrives: those of `after` for
   * a pull request, those of the default branch for a release or a promotion.
   */
  readonly kustomizations: Platform;
}

/**
 * Why it cannot be told what a file does: an overlay that does more than list resources, lists something outside the
 * repository or something that is not there; a Kustomization with patches or the like, of a folder that is not there
 * (Flux then fails and deletes nothing), or with another source than before; encryption; Flux's substitution; text
 * that does not parse, is not there, or is no Kubernetes object.
 */
export type NotRenderedWhy =
  | 'overlay'
  | 'remote-base'
  | 'missing-resource'
  | 'missing-path'
  | 'patched'
  | 'other-source'
  | 'encrypted'
  | 'substitution'
  | 'unreadable'
  | 'missing-text'
  | 'not-an-object';

export interface NotRendered {
  readonly path: string;
  readonly why: NotRenderedWhy;
  readonly tenant: string | undefined;
}

/** What stands out of the rest. */
export type Highlight = 'crd' | 'cluster-rbac' | 'namespace-removed' | 'pruned' | 'quota-cut';

export interface ObjectChange {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** The file that declares it; where it is deleted, the one that did. */
  readonly path: string;
  /** `moved` stands with the Kustomization that applies it from now on. */
  readonly change: 'added' | 'changed' | 'deleted' | 'moved';
  /** Of an object that moved: `namespace/name` of the Kustomizations. */
  readonly moved: { readonly from: string; readonly to: string } | undefined;
  /**
   * Whether the Kustomization that it leaves deletes it from the cluster. One that moved is deleted if the one it
   * leaves is quicker than the one it goes to; one that is deleted and not pruned stays in the cluster.
   */
  readonly pruned: boolean;
  readonly tenant: string | undefined;
  readonly highlights: readonly Highlight[];
}

/**
 * What a change of the repository does through one Kustomization. A Kustomization has two of them when what it is
 * declared to be changes at another time than what it applies.
 */
export interface Effect extends Delivery {
  /** `namespace/name`. */
  readonly kustomization: string;
  /** A workload cluster's name; undefined for the management cluster itself. */
  readonly cluster: string | undefined;
  /** The management cluster's folder, such as `providers/aws/v1/mgmt`. */
  readonly management: string;
  /** Paths of the changed files that it comes from. */
  readonly files: readonly string[];
  /** Empty when the files say the same as before in other words. */
  readonly objects: readonly ObjectChange[];
  readonly notRendered: readonly NotRendered[];
}
