import { arrivals } from '../../src/domain/arrival.ts';
import type { EditDraft } from '../../src/domain/tenant-life/edit-draft.ts';
import { requestMessage } from '../../src/views/request-message.ts';
import { type EditEnd, editDirect, editThread } from '../../src/views/tenant/edit-news.ts';
import type { NewsSubject } from '../onboard/request-news.ts';
import type { EditTenantPayload } from './payloads.ts';

const wishes = {
  resize: 'another compute quota',
  ports: 'other open ports',
  offboard: 'offboarding',
} as const;

/** What is said of a change of a tenant. */
export function editingNews(payload: EditTenantPayload): NewsSubject<EditEnd, EditDraft> {
  const { requestId, askedBy, askedAt, name, edit } = payload;
  const paths = ({ files, deletions }: EditDraft) => [...files.map(({ path }) => path), ...deletions];
  return {
    requestId,
    askedBy,
    askedAt,
    // What waited for a second person has its message already.
    message: (stage) =>
      requestMessage({ stage, name, clouds: [], environments: [], change: wishes[edit.kind], askedBy }),
    end: (end) => editDirect(name, end),
    details: (draft, { platform }) => editThread(name, draft, arrivals(paths(draft), platform)),
    paths,
  };
}
