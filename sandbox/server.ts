import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

import type { Site } from './site.ts';

export interface Server {
  readonly url: string;
  /** Puts a site below a prefix such as `/github`; `''` takes what no other prefix takes. */
  mount(prefix: string, site: Site): void;
  /** Tells of every request that has been answered; `path` without its query. */
  onAnswered(listener: (method: string, path: string) => void): void;
  /** Stops listening and ends every connection, then closes the sites. */
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1. Until a site is mounted below a prefix, requests for it are answered 503.
 *
 * @param port 0 picks a free one.
 * @throws the listener's error (`EADDRINUSE` when the port is taken).
 */
export async function listen(port: number): Promise<Server> {
  const sites = new Map<string, Site>();
  const listeners: ((method: string, path: string) => void)[] = [];
  const http = createServer((request, response) => {
    const method = request.method ?? 'GET';
    const [path = '/'] = (request.url ?? '/').split('?');
    response.once('finish', () => {
      for (const listener of listeners) listener(method, path);
    });
    void answer(take(sites, request), request, response);
  });
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const site = take(sites, request);
    if (site?.upgrade) site.upgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    mount: (prefix, site) => void sites.set(prefix, site),
    onAnswered: (listener) => void listeners.push(listener),
    close: async () => {
      const closed = new Promise((resolve) => http.close(resolve));
      await Promise.all([...sites.values()].map((site) => site.close()));
      http.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  site: Site | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (site) return await site.handle(request, response);
    response
      .writeHead(503, { 'content-type': 'text/plain', 'retry-after': '1' })
      .end('The sandbox is starting.\n');
  } catch (error) {
    console.error(`sandbox: failed to answer ${request.method} ${request.url}:`, error);
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
    response.end('The sandbox failed; its terminal says why.\n');
  }
}

/** The site that a request is for; takes the site's prefix off the request's URL. */
function take(sites: ReadonlyMap<string, Site>, request: IncomingMessage): Site | undefined {
  const url = request.url ?? '/';
  for (const [prefix, site] of sites) {
    if (prefix === '' || !(url === prefix || url.startsWith(`${prefix}/`) || url.startsWith(`${prefix}?`)))
      continue;
    const rest = url.slice(prefix.length);
    request.url = rest.startsWith('/') ? rest : `/${rest}`;
    return site;
  }
  return sites.get('');
}
