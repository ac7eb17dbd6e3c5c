import type { ModalView } from '@slack/types';
import { isDnsLabel } from '../domain/names.ts';
import { noteView } from './note-view.ts';

/** What stands after a request was sent. It promises nothing that is not durable yet. */
export function takenForm(name: string): ModalView {
  const called = isDnsLabel(name.trim()) ? `the request for ${name.trim()}` : 'your request';
  return noteView(
    'Onboard a tenant',
    `⏳ Working on ${called}. Its message in the requests channel shows how it goes, and you will be told directly how it ends.`,
    // The form below has done its work: closing this closes all.
    { clear_on_close: true },
  );
}
