import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

import type { Faults } from '../../faults.ts';
import { Refusal, readJson } from '../../json-http.ts';
import type { Site } from '../../site.ts';
import type { ManagementCluster, Outage } from '../cluster.ts';
import { badRequest, StatusError } from '../status.ts';
import { type Answer, answer, type Question, type Timing } from './answer.ts';
import { ADMIN, botOrNobody } from './rights.ts';
import { Watch } from './watch.ts';

const compress = promisify(gzip);

/** The API server compresses what is larger than this (bytes). */
const COMPRESSED_FROM = 128 * 1024;

export interface ApiOptions extends Timing {
  readonly faults: Faults;
  /** By name. */
  readonly clusters: ReadonlyMap<string, ManagementCluster>;
}

/** The Kubernetes APIs of all clusters, each below `/<name>`. The bot's calls are logged, and faults strike them. */
export function kubernetesSite(options: ApiOptions): Site {
  return {
    handle: (request, response) => handle(options, request, response),
    close: async () => {
      for (const cluster of options.clusters.values()) cluster.close();
    },
  };
}

async function handle(
  options: ApiOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const [, place = '', ...rest] = url.pathname.split('/');
  const [name = '', key] = place.split('~');
  const cluster = options.clusters.get(name);
  if (!cluster)
    return send(request, response, failure(new StatusError(404, 'NotFound', `no cluster ${name}`)));
  const question = await questionOf(request, `/${rest.join('/')}`, url.searchParams);
  if (question instanceof StatusError) return send(request, response, failure(question));
  if (isAdmin(cluster, key, request))
    return deliver(cluster, request, response, answer(cluster, question, ADMIN, options));
  await call(options, cluster, { request, response, question });
}

/** kubectl sends no token where there is no TLS, so the key may as well stand in the address: `/<name>~<key>`. */
function isAdmin({ tokens }: ManagementCluster, key: string | undefined, request: IncomingMessage): boolean {
  return key === tokens.admin || request.headers.authorization === `Bearer ${tokens.admin}`;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly question: Question;
}

async function call(options: ApiOptions, cluster: ManagementCluster, exchange: Exchange): Promise<void> {
  const { request, response, question } = exchange;
  const prepared: { answer?: Answer; lost?: true } = {};
  const outcome = await options.faults.around('kubernetes', nameOf(cluster, question), async () => {
    const { outage } = cluster;
    if (outage?.kind === 'timeout' || outage?.kind === 'gone') {
      prepared.lost = true;
      return 0;
    }
    prepared.answer =
      outage?.kind === 'error'
        ? failure(outageError(outage))
        : refusedByStatus(cluster, answer(cluster, question, botOrNobody(cluster, request), options));
    return prepared.answer.kind === 'json' ? prepared.answer.status : 200;
  });
  if (prepared.lost && cluster.outage?.kind === 'gone') response.destroy();
  if (prepared.lost || outcome.kind === 'silence') return;
  response.once('finish', () => options.faults.answered(outcome.call));
  if (outcome.kind === 'error') {
    const { status, retryAfter } = outcome;
    const error = { kind: 'error' as const, status, ...(retryAfter === undefined ? {} : { retryAfter }) };
    return send(request, response, failure(outageError(error)));
  }
  if (prepared.answer) await deliver(cluster, request, response, prepared.answer);
}

/** As calls are logged and faults are matched: `METHOD /<cluster>/<path>`, with `WATCH` for watches. */
function nameOf(cluster: ManagementCluster, { method, path, query }: Question): string {
  const watches = method === 'GET' && ['true', '1'].includes(query.get('watch') ?? '');
  return `${watches ? 'WATCH' : method} /${cluster.name}${path}`;
}

/** A forgotten version is told within the stream, unless the cluster is to refuse it by its status. */
function refusedByStatus(cluster: ManagementCluster, given: Answer): Answer {
  return given.kind === 'json' && given.status === 410 && given.inStream && !cluster.expiredByStatus
    ? { ...given, status: 200, body: { type: 'ERROR', object: given.body } }
    : given;
}

async function deliver(
  cluster: ManagementCluster,
  request: IncomingMessage,
  response: ServerResponse,
  given: Answer,
): Promise<void> {
  if (given.kind === 'json') return send(request, response, given);
  const watch = new Watch(given.options, response);
  cluster.watches.add(watch);
  response.once('close', () => cluster.watches.delete(watch));
  watch.open();
  if (cluster.outage?.kind === 'half-open') watch.silence();
}

async function questionOf(
  request: IncomingMessage,
  path: string,
  query: URLSearchParams,
): Promise<Question | StatusError> {
  const { method = 'GET', headers } = request;
  try {
    const body = method === 'GET' ? undefined : await readJson(request);
    return { method, path, query, headers, body };
  } catch (error) {
    if (error instanceof Refusal) return badRequest(error.message);
    throw error;
  }
}

const REASONS: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  410: 'Expired',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

function outageError({ status, retryAfter }: Extract<Outage, { kind: 'error' }>): StatusError {
  const reason = REASONS[status] ?? 'Unknown';
  const message = status === 429 ? 'Too many requests, please try again later.' : reason;
  return new StatusError(status, reason, message, {
    ...(retryAfter === undefined
      ? {}
      : { details: { retryAfterSeconds: retryAfter }, headers: { 'retry-after': String(retryAfter) } }),
  });
}

function failure(error: StatusError): Extract<Answer, { kind: 'json' }> {
  return { kind: 'json', status: error.code, body: error.body(), headers: error.headers };
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, headers = {} }: Extract<Answer, { kind: 'json' }>,
): Promise<void> {
  const text = Buffer.from(`${JSON.stringify(body)}\n`);
  const packed =
    text.length > COMPRESSED_FROM && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
      ? await compress(text, { level: constants.Z_BEST_SPEED })
      : undefined;
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-cache, private',
    ...(packed ? { 'content-encoding': 'gzip' } : {}),
    'content-length': String((packed ?? text).length),
    ...headers,
  });
  response.end(packed ?? text);
}
