import type { When } from '../delivery.ts';
import type { Refusal } from '../form/refusal.ts';
import type { Platform } from '../platform.ts';
import type { Policy } from '../policy.ts';
import type { EditedFile, FigureChange, ResizeRefusal } from './resize.ts';
import type { TenantEdit } from './tenant-edit.ts';
import type { TenantObject } from './tenant-standing.ts';

/** What an offboarding takes away in one cluster. */
export interface Removal {
  /** Undefined for the management cluster itself. */
  readonly cluster: string | undefined;
  readonly management: string;
  readonly when: When;
  readonly objects: readonly TenantObject[];
  /** Whether Flux deletes them; without pruning they stay until somebody does. */
  readonly prunes: boolean;
}

export type OffboardingRefusal =
  /** Files outside the tenant's folders that would point at nothing. */
  | { readonly code: 'still-referenced'; readonly paths: readonly string[] }
  | { readonly code: 'tenant-unreadable'; readonly paths: readonly string[] };

/** What an edit has to go by: the repository at one commit. */
export interface EditFacts {
  readonly policy: Policy;
  readonly platform: Platform;
  /** Every path of the repository. */
  readonly paths: readonly string[];
  /** The texts of the tenant's files and of whatever may refer to them, path -> text. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What an edit's pull request will bring. */
export interface EditDraft {
  readonly kind: TenantEdit['kind'];
  readonly title: string;
  /** What changes, file by file. */
  readonly files: readonly EditedFile[];
  /** Files that go. */
  readonly deletions: readonly string[];
  readonly figures: readonly FigureChange[];
  /** What pruning deletes, cluster by cluster; empty unless files go. */
  readonly removals: readonly Removal[];
}

export type EditRefusal =
  | Refusal
  | ResizeRefusal
  | OffboardingRefusal
  | { readonly code: 'tenant-unknown' | 'ports-same' }
  /** Files that open these ports in a way that the form does not know. */
  | { readonly code: 'ports-by-hand'; readonly paths: readonly string[] }
  /** A kustomization file in the tenant's folder lists its files. */
  | { readonly code: 'folder-listed'; readonly path: string }
  | { readonly code: 'place-gone'; readonly cloud: string; readonly folder: string };

export type DraftedEdit =
  | { readonly kind: 'ok'; readonly draft: EditDraft }
  | { readonly kind: 'refused'; readonly refusals: readonly EditRefusal[] };
