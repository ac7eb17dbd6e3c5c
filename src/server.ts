import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../jobs/ports.ts';
import { type Answer, type Door, text } from './door.ts';
import type { Metrics } from './metrics.ts';
import { readBody } from './read-body.ts';

export interface HttpServer {
  /** Adds a route; doors may be added after the server listens, and answer 503 until then. */
  open(door: Door): void;
  /** Resolves with the port, once the server listens. */
  listen(host: string, port: number): Promise<number>;
  /** Stops taking connections; resolves when the requests under way are answered, or after `ms` milliseconds. */
  close(ms: number): Promise<void>;
}

export interface ServerOptions {
  readonly log: Log;
  readonly metrics: Metrics;
  /** Paths of doors that are yet to open; they answer 503 so that senders try again. */
  readonly soon: () => readonly string[];
}

/** The one HTTP server: it routes, bounds bodies and slow senders, and turns failures into 500. */
export function createHttpServer({ log, metrics, soon }: ServerOptions): HttpServer {
  const doors = new Map<string, Door>();
  let closing = false;

  async function answer(request: IncomingMessage, path: string): Promise<Answer> {
    const door = doors.get(path);
    if (door === undefined) return soon().includes(path) ? text(503, 'starting') : text(404, 'not found');
    if (request.method !== door.method) return text(405, 'method not allowed');
    const body = await readBody(request, door.maxBytes);
    if (body.kind === 'too-long') return text(413, 'too long');
    if (body.kind === 'broken') return text(400, 'incomplete');
    return door.handle({ headers: request.headers, body: body.bytes });
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    let answered: Answer;
    try {
      answered = await answer(request, path);
    } catch (error) {
      log.error({ err: error, path }, 'failed to answer a request');
      answered = text(500, 'failed');
    }
    send(response, answered, closing || !request.complete);
    const name = doors.get(path)?.name;
    if (name !== undefined) metrics.countRequest(name, answered.status, performance.now() - startedAt);
  }

  const server = createServer(
    // Slow senders hold a connection no longer than this; keep-alive outlives the usual load balancer's minute.
    {
      headersTimeout: 10_000,
      requestTimeout: 20_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 5_000,
    },
    (request, response) => void serve(request, response),
  );
  server.maxRequestsPerSocket = 0;

  return {
    open: (door) => void doors.set(door.path, door),
    listen: (host, port) => listen(server, host, port),
    close(ms) {
      closing = true;
      return closeServer(server, ms);
    },
  };
}

function send(response: ServerResponse, answer: Answer, last: boolean): void {
  const body = answer.body ?? '';
  response.writeHead(answer.status, {
    ...(answer.contentType === undefined ? {} : { 'content-type': answer.contentType }),
    'content-length': Buffer.byteLength(body),
    ...(last ? { connection: 'close' } : {}),
  });
  response.end(body);
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function closeServer(server: Server, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), ms);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
