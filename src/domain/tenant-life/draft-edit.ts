import { computeOf, readSize } from '../form/size.ts';
import { draftPorts } from './draft-ports.ts';
import type { DraftedEdit, EditFacts } from './edit-draft.ts';
import { draftOffboarding } from './offboard.ts';
import { resize } from './resize.ts';
import type { ResizeEdit, TenantEdit } from './tenant-edit.ts';
import { tenantFolders } from './tenant-texts.ts';

/** Works out what an edit of a tenant changes; the preview and the job ask the same function. */
export function draftEdit(tenant: string, edit: TenantEdit, facts: EditFacts): DraftedEdit {
  if (!facts.platform.tenants.some((place) => place.tenant === tenant))
    return { kind: 'refused', refusals: [{ code: 'tenant-unknown' }] };
  switch (edit.kind) {
    case 'resize':
      return draftResize(tenant, edit, facts);
    case 'ports':
      return draftPorts(tenant, edit, facts);
    case 'offboard':
      return draftOffboarding(tenant, facts);
  }
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
  return { kind: 'ok', draft: { kind: 'resize', title, files, figures, deletions: [], removals: [] } };
}
