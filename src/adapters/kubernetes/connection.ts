import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Dispatcher, request } from 'undici';
import { RetryableError } from '../../errors.ts';
import type { Kubeconfig, WantedContext } from './kubeconfig.ts';
import { codesOf, connectionFailure, ExpiredError, statusFailure } from './kubernetes-failure.ts';

/** Milliseconds that a connection may take or be silent. */
export interface Patience {
  /** Until the first byte of an answer. */
  readonly answerMs: number;
  /** Between two pieces of an answer. */
  readonly pieceMs: number;
  /** A watch that says nothing for so long is dead: a living one sends a bookmark every minute. */
  readonly watchMs: number;
}

export const USUAL_PATIENCE: Patience = { answerMs: 10_000, pieceMs: 15_000, watchMs: 90_000 };

type Query = Readonly<Record<string, string | number | undefined>>;

/** One cluster's API. Every method throws a `RetryableError` or a `PermanentError`; a 401 is tried again with new access. */
export interface Connection {
  get(what: string, path: string, query?: Query): Promise<unknown>;
  /** An answer as it comes: `take` reads it from its first byte, once more when it is asked for again. */
  read<Taken>(
    what: string,
    path: string,
    query: Query,
    take: (body: AsyncIterable<Buffer>) => Promise<Taken>,
  ): Promise<Taken>;
  /** A list's changes as they come, line by line. The stream ends with an error when it is silent for too long. */
  watch(what: string, path: string, query: Query, signal: AbortSignal): Promise<Readable>;
  /** Merges into an object; done twice it does no more than once. */
  merge(what: string, path: string, patch: object): Promise<void>;
}

/** Bytes. */
const UNPACKED_AT_ONCE = 64 * 1_024;
const TRIES = 3;
/** A longer wait than this is the caller's business, in milliseconds. */
const LONGEST_WAIT_MS = 5_000;

interface Ask {
  readonly what: string;
  readonly path: string;
  readonly method: 'GET' | 'PATCH';
  readonly query?: Query;
  readonly body?: string;
  /** Whether the answer may come compressed: then a list is a fiftieth of its size, or so. */
  readonly packed?: boolean;
  readonly pieceMs: number;
  readonly signal?: AbortSignal;
}

export function connect(
  kubeconfig: Kubeconfig,
  wanted: WantedContext,
  patience: Patience = USUAL_PATIENCE,
): Connection {
  const { pieceMs, watchMs } = patience;
  const send = (ask: Ask) => sendOver({ kubeconfig, wanted, answerMs: patience.answerMs }, ask, false);
  const taken = <Taken>(
    ask: Pick<Ask, 'what' | 'path' | 'query' | 'packed'>,
    take: (response: Dispatcher.ResponseData) => Promise<Taken>,
  ) =>
    repeatedly(async () => {
      const response = await send({ method: 'GET', pieceMs, ...ask });
      return take(response).catch((cause: unknown) => {
        throw connectionFailure(ask.what, cause);
      });
    });
  return {
    get: (what, path, query = {}) => taken({ what, path, query }, ({ body }) => body.json()),
    read: (what, path, query, take) =>
      taken({ what, path, query, packed: true }, (response) => take(unpacked(response))),
    async watch(what, path, query, signal) {
      const response = await send({ what, path, method: 'GET', query, pieceMs: watchMs, signal });
      return response.body;
    },
    async merge(what, path, patch) {
      await repeatedly(async () => {
        const response = await send({ what, path, method: 'PATCH', body: JSON.stringify(patch), pieceMs });
        await response.body.dump();
      });
    },
  };
}

interface Line {
  readonly kubeconfig: Kubeconfig;
  readonly wanted: WantedContext;
  readonly answerMs: number;
}

/** @param fresh whether the kubeconfig is to be read again before. */
async function sendOver(line: Line, ask: Ask, fresh: boolean): Promise<Dispatcher.ResponseData> {
  const access = await line.kubeconfig.access(line.wanted, fresh);
  const response = await request(`${access.server}${ask.path}${queryText(ask.query)}`, {
    method: ask.method,
    headers: {
      ...access.headers,
      accept: 'application/json',
      ...(ask.packed ? { 'accept-encoding': 'gzip' } : {}),
      ...(ask.body === undefined ? {} : { 'content-type': 'application/merge-patch+json' }),
    },
    headersTimeout: line.answerMs,
    bodyTimeout: ask.pieceMs,
    ...(access.dispatcher === undefined ? {} : { dispatcher: access.dispatcher }),
    ...(ask.body === undefined ? {} : { body: ask.body }),
    ...(ask.signal === undefined ? {} : { signal: ask.signal }),
  }).catch((cause: unknown) => {
    throw connectionFailure(ask.what, cause);
  });
  if (response.statusCode === 401 && !fresh) {
    await response.body.dump();
    return sendOver(line, ask, true);
  }
  if (response.statusCode >= 300) {
    await response.body.dump().catch(() => undefined);
    throw statusFailure(ask.what, response.statusCode, oneOf(response.headers['retry-after']));
  }
  return response;
}

/** Whatever goes wrong on either side ends the other as well. */
function unpacked({ headers, body }: Dispatcher.ResponseData): AsyncIterable<Buffer> {
  if (oneOf(headers['content-encoding']) !== 'gzip') return body;
  return pipeline(body, createGunzip({ chunkSize: UNPACKED_AT_ONCE }), () => undefined);
}

/** Tries again what a busy or restarting API server refuses, as far as waiting for it is short. */
async function repeatedly<Answer>(act: () => Promise<Answer>): Promise<Answer> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await act();
    } catch (error) {
      const isWorth = error instanceof RetryableError && isWorthwhile(error) && tried < TRIES;
      const waitMs = error instanceof RetryableError ? (error.retryInMs ?? 100 * 4 ** tried) : 0;
      if (!isWorth || waitMs > LONGEST_WAIT_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

/** Time-outs have taken long enough already, and what has expired does not come back. */
function isWorthwhile(error: RetryableError): boolean {
  const isLate = codesOf(error.cause).some((code) => code.endsWith('_TIMEOUT'));
  return !isLate && !(error instanceof ExpiredError);
}

function queryText(query: Query = {}): string {
  const given = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) given.set(key, String(value));
  return given.size === 0 ? '' : `?${given}`;
}

function oneOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
