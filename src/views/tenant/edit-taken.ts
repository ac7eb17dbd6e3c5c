import type { ModalView } from '@slack/types';
import type { TenantEdit } from '../../domain/tenant-life/tenant-edit.ts';
import { noteView } from '../note-view.ts';

/** What stands after a change of a tenant was sent. It promises nothing that is not durable yet. */
export function editTaken(tenant: string, kind: TenantEdit['kind']): ModalView {
  const next =
    kind === 'offboard'
      ? 'A message in the requests channel asks for the second person; nothing happens before.'
      : 'Its message in the requests channel shows how it goes, and you will be told directly how it ends.';
  return noteView('Tenant', `⏳ Working on the request for ${tenant}. ${next}`, { clear_on_close: true });
}
