import type { IncomingMessage, ServerResponse } from 'node:http';

/** Something the page wants to know of at once. `slack`: what one person sees there. */
export type WorldEvent =
  | { readonly kind: 'github' }
  | { readonly kind: 'faults' }
  | { readonly kind: 'slack' }
  | { readonly kind: 'fleet' }
  | { readonly kind: 'call'; readonly id: number };

/**
 * Tells every open page what has changed, as server-sent events named by their kind.
 *
 * A page has one stream for everything, since browsers open at most six connections to one host: with two a page,
 * three people in three tabs would leave none for anything else.
 */
export class Events {
  /** Each with the Slack id of the person at that page, if the page said so. */
  readonly #open = new Map<ServerResponse, string | null>();

  /** Keeps the answer open and writes events to it until the other side goes. */
  stream(request: IncomingMessage, response: ServerResponse, person: string | null): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 1000\n\n');
    this.#open.set(response, person);
    request.once('close', () => this.#open.delete(response));
  }

  /** @param person tells this person's pages only. */
  tell(event: WorldEvent, person?: string): void {
    const text = `event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`;
    for (const [response, at] of this.#open) {
      if (person === undefined || person === at) response.write(text);
    }
  }

  close(): void {
    for (const response of this.#open.keys()) response.end();
    this.#open.clear();
  }
}
