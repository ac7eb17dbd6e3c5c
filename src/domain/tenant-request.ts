import type { Requester } from './convention.ts';
import type { RequestId } from './ids.ts';

/** The compute part of a tenant's quota, each a Kubernetes quantity as written (`1000m`, `1Gi`). */
export interface ComputeQuota {
  readonly requestsMemory: string;
  readonly limitsMemory: string;
  readonly requestsCpu: string;
  readonly limitsCpu: string;
}

export type Size =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'own'; readonly compute: ComputeQuota };

/** Where a further TCP port may be reached from. */
export type PortSource =
  | { readonly kind: 'namespace'; readonly name: string }
  | { readonly kind: 'cidr'; readonly cidr: string }
  | { readonly kind: 'anywhere' };

export interface PortRule {
  readonly port: number;
  readonly from: PortSource;
}

export interface AccessGrant {
  readonly environment: string;
  /** A key of the policy's `access.roles`, such as `admin`. */
  readonly level: string;
  /** Groups, as the clusters' RBAC knows them, that get the role besides the tenant's service account. */
  readonly groups: readonly string[];
}

/** What a person asks for when a tenant is to be onboarded; everything in it has been checked for form. */
export interface TenantRequest {
  readonly id: RequestId;
  readonly askedBy: Requester;
  readonly name: string;
  readonly clouds: readonly string[];
  readonly environments: readonly string[];
  readonly size: Size;
  /** One for each of `environments`. */
  readonly access: readonly AccessGrant[];
  readonly owner: string;
  readonly contact: string;
  readonly reach: {
    readonly sameNamespace: boolean;
    readonly ingress: boolean;
    readonly ports: readonly PortRule[];
  };
  readonly labels: Readonly<Record<string, string>>;
  readonly purpose: string;
}
