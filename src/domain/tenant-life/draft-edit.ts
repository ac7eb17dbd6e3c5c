import type { Refusal } from '../form/refusal.ts';
import { computeOf, readSize } from '../form/size.ts';
import type { Platform } from '../platform.ts';
import type { Policy } from '../policy.ts';
import { draftOffboarding, type OffboardingRefusal, type Removal } from './offboard.ts';
import { type EditedFile, type FigureChange, type ResizeRefusal, resize } from './resize.ts';
import type { ResizeEdit, TenantEdit } from './tenant-edit.ts';
import { tenantFolders } from './tenant-texts.ts';

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
  | { readonly code: 'tenant-unknown' }
  | { readonly code: 'place-gone'; readonly cloud: string; readonly folder: string };

export type DraftedEdit =
  | { readonly kind: 'ok'; readonly draft: EditDraft }
  | { readonly kind: 'refused'; readonly refusals: readonly EditRefusal[] };

/** Works out what an edit of a tenant changes; the preview and the job ask the same function. */
export function draftEdit(tenant: string, edit: TenantEdit, facts: EditFacts): DraftedEdit {
  if (!facts.platform.tenants.some((place) => place.tenant === tenant))
    return { kind: 'refused', refusals: [{ code: 'tenant-unknown' }] };
  return edit.kind === 'resize' ? draftResize(tenant, edit, facts) : draftOffboarding(tenant, facts);
}

function draftResize(tenant: string, edit: ResizeEdit, { policy, texts }: EditFacts): DraftedEdit {
  const { size, refusals } = readSize(edit, policy);
  const compute = computeOf(size, policy);
  if (refusals.length > 0 || compute === undefined) return { kind: 'refused', refusals };
  const all = tenantFolders(tenant, texts, policy);
  const found = edit.places.map(({ cloud, folder }) => ({
    cloud,
    folder,
    is: all.find((one) => one.cloud === cloud && one.folder === folder),
  }));
  const gone = found.filter(({ is }) => is === undefined);
  if (gone.length > 0)
    return {
      kind: 'refused',
      refusals: gone.map(({ cloud, folder }) => ({ code: 'place-gone', cloud, folder })),
    };
  const resized = resize(
    tenant,
    found.flatMap(({ is }) => is ?? []),
    compute,
  );
  if (resized.kind === 'refused') return resized;
  const { title, files, figures } = resized;
  return { kind: 'ok', draft: { title, files, figures, deletions: [], removals: [] } };
}
