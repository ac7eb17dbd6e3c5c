import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** One imitated service, mounted below a path prefix of the sandbox's only HTTP server. */
export interface Site {
  /** Answers a request; `request.url` has lost the site's prefix. */
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
  /** Takes a WebSocket upgrade below the prefix, where the site has any. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends timers, child processes and sockets. */
  close(): Promise<void>;
}
