import type { ModalView } from '@slack/types';
import { isDnsLabel } from '../domain/names.ts';
import { plain } from './slack-text.ts';

/** What stands after a request was sent. It promises nothing that is not durable yet. */
export function takenForm(name: string): ModalView {
  const called = isDnsLabel(name.trim()) ? `the request for ${name.trim()}` : 'your request';
  return {
    type: 'modal',
    title: plain('Onboard a tenant'),
    close: plain('Close'),
    // The form below has done its work: closing this closes all.
    clear_on_close: true,
    notify_on_close: false,
    blocks: [
      {
        type: 'section',
        text: plain(
          `⏳ Working on ${called}. Its message in the requests channel shows how it goes, and you will be told directly how it ends.`,
        ),
      },
    ],
  };
}
