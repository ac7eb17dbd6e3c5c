import type { IncomingMessage, ServerResponse } from 'node:http';

/** Something the page wants to know of at once. */
export type WorldEvent =
  | { readonly kind: 'github' }
  | { readonly kind: 'faults' }
  | { readonly kind: 'call'; readonly id: number };

/** Tells every open page what has changed, as server-sent events named by their kind. */
export class Events {
  readonly #open = new Set<ServerResponse>();

  /** Keeps the answer open and writes events to it until the other side goes. */
  stream(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 1000\n\n');
    this.#open.add(response);
    request.once('close', () => this.#open.delete(response));
  }

  tell(event: WorldEvent): void {
    for (const response of this.#open)
      response.write(`event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`);
  }

  close(): void {
    for (const response of this.#open) response.end();
    this.#open.clear();
  }
}
