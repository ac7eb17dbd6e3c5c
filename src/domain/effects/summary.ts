import type { When } from '../arrival.ts';
import type { Source } from '../platform.ts';

/** What a release changes on which cluster and when, summed up. */
export interface EffectsSummary {
  readonly clusters: readonly {
    /** Undefined for the management cluster itself. */
    readonly cluster: string | undefined;
    readonly management: string;
    readonly when: When;
    readonly follows: Source['ref'] | undefined;
    readonly kustomizations: readonly string[];
    readonly added: number;
    readonly changed: number;
    readonly deleted: number;
    readonly moved: number;
    readonly tenants: readonly string[];
  }[];
  readonly changesProduction: boolean;
  readonly tenants: readonly {
    readonly name: string;
    readonly clusters: readonly { readonly cluster: string | undefined; readonly when: When }[];
  }[];
  /** What stands out. */
  readonly highlights: readonly {
    readonly what: 'crd' | 'cluster-rbac' | 'namespace-removed' | 'pruned' | 'quota-cut';
    /** `Kind/name`, or `Kind namespace/name`. */
    readonly object: string;
    readonly cluster: string | undefined;
    readonly when: When;
  }[];
  /** What could not be told. */
  readonly notRendered: readonly { readonly path: string; readonly why: string }[];
}
