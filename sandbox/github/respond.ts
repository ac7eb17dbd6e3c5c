import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RateStatus, Resource } from './limits.ts';
import type { Reply } from './route.ts';

/** Sends a reply as GitHub would, with an ETag and 304 where the caller has it already. */
export function respond(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  more: { readonly date: number; readonly rate?: RateStatus | undefined; readonly resource?: Resource },
): void {
  const text = reply.raw ?? (reply.body === undefined ? undefined : JSON.stringify(reply.body));
  const headers: Record<string, string> = {
    date: new Date(more.date).toUTCString(),
    'x-github-request-id': randomUUID().toUpperCase(),
    'x-github-media-type': 'github.v3; format=json',
    'x-github-api-version-selected': '2022-11-28',
    'cache-control': 'private, max-age=60, s-maxage=60',
    ...(more.rate ? rateHeaders(more.rate, more.resource ?? 'core') : {}),
    ...reply.headers,
  };
  if (text === undefined) {
    response.writeHead(reply.status, headers).end();
    return;
  }
  const etag = `W/"${createHash('sha256').update(text).digest('hex')}"`;
  if (request.method === 'GET' && reply.status === 200) {
    headers['etag'] = etag;
    if (request.headers['if-none-match']?.split(/,\s*/).includes(etag)) {
      response.writeHead(304, headers).end();
      return;
    }
  }
  headers['content-type'] ??= 'application/json; charset=utf-8';
  response.writeHead(reply.status, headers).end(text);
}

function rateHeaders(rate: RateStatus, resource: Resource): Record<string, string> {
  return {
    'x-ratelimit-limit': String(rate.limit),
    'x-ratelimit-remaining': String(rate.remaining),
    'x-ratelimit-used': String(rate.used),
    'x-ratelimit-reset': String(rate.reset),
    'x-ratelimit-resource': resource,
  };
}
