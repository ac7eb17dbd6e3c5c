import type { IncomingMessage, ServerResponse } from 'node:http';

import { pageFragment } from './page-fragment.ts';

/** Sends a browser that follows a link to GitHub to the page instead; says whether it did. */
export function sendToPage(
  request: IncomingMessage,
  response: ServerResponse,
  ownerAndName: string,
): boolean {
  if (request.method !== 'GET' || !request.headers.accept?.includes('text/html')) return false;
  const [path = ''] = (request.url ?? '').split('?');
  const fragment = pageFragment(path, ownerAndName);
  if (!fragment) return false;
  response.writeHead(302, { location: `/${fragment}` }).end();
  return true;
}
