import type { Json, JsonObject } from '../client-types.ts';

/** What is handed to the app. */
export interface Parcel {
  readonly type: 'slash_commands' | 'interactive' | 'events_api';
  readonly payload: JsonObject;
  readonly retry?: { readonly attempt: number; readonly reason: string };
}

/**
 * What the app answered.
 *
 * - `acked`: in time; `body` is what it said, `undefined` or `{}` for nothing.
 * - `failed`: it answered with an HTTP status other than 200, or could not be reached (no status).
 * - `timeout`: not within the time.
 */
export type Ack =
  | { readonly kind: 'acked'; readonly body: Json | undefined }
  | { readonly kind: 'failed'; readonly status?: number }
  | { readonly kind: 'timeout' };

/** One of the two ways to the app. The promise may stay open for ever; whoever waits sets the time. */
export interface Transport {
  send(parcel: Parcel): Promise<Ack>;
}
