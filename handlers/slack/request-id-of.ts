import { createHash } from 'node:crypto';
import type { RequestId } from '../../src/domain/ids.ts';

/**
 * One form sent with one content is one request, however often Slack delivers it or the person presses the button;
 * going back and changing something makes another.
 *
 * @param viewId the view that all of the request's forms belong to.
 */
export function requestIdOf(viewId: string, content: string): RequestId {
  const digest = createHash('sha256').update(`${viewId}\n${content}`).digest('hex');
  return `req-${digest.slice(0, 16)}` as RequestId;
}
