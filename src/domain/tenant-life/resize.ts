import { formatTitle } from '../convention.ts';
import { compareAmounts, parseQuantity } from '../quantity.ts';
import type { ComputeQuota } from '../tenant-request.ts';
import { computeFigures, computeKeys, keyIn, type QuotaRefusal, readQuota } from './compute-quota.ts';
import { setPair } from './set-pair.ts';
import { type Splice, splice } from './splice.ts';
import type { TenantFolder } from './tenant-texts.ts';

/** One file of a tenant as an edit changes it. */
export interface EditedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** One figure of a quota as an edit changes it; `before` is undefined where the quota did not name it. */
export interface FigureChange {
  readonly cloud: string;
  readonly folder: string;
  readonly figure: keyof ComputeQuota;
  readonly before: string | undefined;
  readonly after: string;
}

export type ResizeRefusal =
  | (QuotaRefusal & { readonly cloud: string; readonly folder: string })
  | { readonly code: 'nothing-chosen' }
  | { readonly code: 'nothing-changes' };

export type Resize =
  | {
      readonly kind: 'edited';
      readonly title: string;
      readonly files: readonly EditedFile[];
      readonly figures: readonly FigureChange[];
    }
  | { readonly kind: 'refused'; readonly refusals: readonly ResizeRefusal[] };

/**
 * Gives the compute quotas of a tenant's folders these figures. A figure that is the same amount already stays as it
 * is written (`1` is `1000m`).
 */
export function resize(tenant: string, folders: readonly TenantFolder[], compute: ComputeQuota): Resize {
  if (folders.length === 0) return { kind: 'refused', refusals: [{ code: 'nothing-chosen' }] };
  const parts = folders.map((folder) => resizeFolder(folder, compute));
  const refusals = parts.flatMap((part) => (part.kind === 'refused' ? [part.refusal] : []));
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const edits = parts.flatMap((part) => (part.kind === 'edited' && part.figures.length > 0 ? [part] : []));
  if (edits.length === 0) return { kind: 'refused', refusals: [{ code: 'nothing-changes' }] };
  const figures = edits.flatMap((edit) => edit.figures);
  return {
    kind: 'edited',
    title: resizeTitle(tenant, figures),
    files: edits.map(({ file }) => file),
    figures,
  };
}

/** The pull request's title: `tenants(sample): increase compute quota`. */
function resizeTitle(tenant: string, figures: readonly FigureChange[]): string {
  const turns = new Set(figures.map(({ before, after }) => turn(before, after)));
  const [only] = turns;
  const verb = turns.size === 1 && only !== undefined ? only : 'change';
  return formatTitle({ scope: 'tenants', area: tenant, subject: `${verb} compute quota` });
}

function turn(before: string | undefined, after: string): 'increase' | 'decrease' | 'change' {
  const [from, to] = [before === undefined ? undefined : parseQuantity(before), parseQuantity(after)];
  if (from === undefined || to === undefined) return 'change';
  return compareAmounts(from, to) < 0 ? 'increase' : 'decrease';
}

type FolderEdit =
  | { readonly kind: 'edited'; readonly file: EditedFile; readonly figures: readonly FigureChange[] }
  | { readonly kind: 'refused'; readonly refusal: ResizeRefusal };

function resizeFolder(folder: TenantFolder, compute: ComputeQuota): FolderEdit {
  const at = { cloud: folder.cloud, folder: folder.folder };
  const reading = readQuota(folder);
  if (reading.kind === 'refused') return { kind: 'refused', refusal: { ...reading.refusal, ...at } };
  const { quota, hard } = reading;
  const { path } = quota;
  const before = folder.texts.get(path) ?? '';
  const figures: FigureChange[] = [];
  const splices: Splice[] = [];
  for (const figure of computeFigures) {
    const [old, wanted] = [quota.compute[figure], compute[figure]];
    if (old !== undefined && isSame(old, wanted)) continue;
    const made = setPair(before, hard, keyIn(hard, figure) ?? computeKeys[figure][0], wanted, 'quantity');
    if (made === undefined) return { kind: 'refused', refusal: { code: 'quota-by-hand', path, ...at } };
    splices.push(made);
    figures.push({ ...at, figure, before: old, after: wanted });
  }
  return { kind: 'edited', file: { path, before, after: splice(before, splices) }, figures };
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [parseQuantity(one), parseQuantity(other)];
  return a === undefined || b === undefined ? one === other : compareAmounts(a, b) === 0;
}
