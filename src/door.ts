import type { IncomingHttpHeaders } from 'node:http';

/** A request that has been read whole. */
export interface DoorRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly contentType?: string;
  readonly body?: string;
}

/** One route of the HTTP server. */
export interface Door {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Bodies longer than this, in bytes, are refused unread. */
  readonly maxBytes: number;
  /** Counted in the metrics under this name; undefined is not counted. */
  readonly name?: string;
  handle(request: DoorRequest): Promise<Answer>;
}

export function text(status: number, body: string): Answer {
  return { status, contentType: 'text/plain; charset=utf-8', body };
}

export function json(status: number, body: unknown): Answer {
  return { status, contentType: 'application/json', body: JSON.stringify(body) };
}
