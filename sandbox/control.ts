import type { IncomingMessage, ServerResponse } from 'node:http';

import { z } from 'zod';

import type { Events } from './events.ts';
import { faultRequest } from './fault-request.ts';
import type { Faults } from './faults.ts';
import { Refusal, readJson, sendJson } from './json-http.ts';
import type { Site } from './site.ts';

/** What the control API can do to the world besides adding faults. Each answer is sent as JSON. */
export interface Levers {
  /** Ends every socket between the sandbox's Slack and the bot. */
  cutSockets(): unknown;
  /** Makes every installation token invalid at once. */
  expireTokens(): unknown;
  /** GitHub's reads answer what was true `ms` milliseconds ago; 0 ends it. */
  staleReads(ms: number): unknown;
  /** Sends webhooks again: one delivery, or every one that failed. */
  redeliver(delivery: number | undefined): Promise<unknown>;
  state(): unknown;
}

export interface Question {
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  answer(question: Question): unknown;
}

/** The control API, mounted at `/control`: JSON in, JSON out; a refusal is `{ error }` with status 4xx. */
export function controlSite(
  faults: Faults,
  levers: Levers,
  events: Events,
  more: readonly Route[] = [],
): Site {
  const routes = [...controlRoutes(faults, levers, events), ...more];
  return {
    handle: (request, response) => handle(routes, events, request, response),
    close: async () => events.close(),
  };
}

function controlRoutes(faults: Faults, levers: Levers, events: Events): readonly Route[] {
  const changed = <T>(answer: T): T => {
    events.tell({ kind: 'faults' });
    return answer;
  };
  const get = (path: string, answer: Route['answer']): Route => ({ method: 'GET', path, answer });
  const post = (path: string, answer: Route['answer']): Route => ({ method: 'POST', path, answer });
  const clear = (): unknown => {
    faults.clear();
    return changed({ cleared: true });
  };
  return [
    get('/state', () => levers.state()),
    get('/faults', () => faults.list()),
    post('/faults', ({ body }) => changed(faults.add(parse(faultRequest, body)))),
    { method: 'DELETE', path: '/faults', answer: clear },
    get('/calls', ({ query }) => {
      const { after, service, last } = parse(callsQuery, Object.fromEntries(query));
      const calls = faults
        .calls()
        .filter((call) => call.id > after && (!service || call.service === service));
      return last === undefined ? calls : calls.slice(-last);
    }),
    post('/release', ({ body }) => {
      faults.release(parse(z.object({ call: z.int() }), body).call);
      return { released: true };
    }),
    post('/cut-sockets', () => levers.cutSockets()),
    post('/expire-tokens', () => levers.expireTokens()),
    post('/stale-reads', ({ body }) => changed(levers.staleReads(parse(staleReads, body).ms))),
    post('/redeliver', ({ body }) => levers.redeliver(parse(redelivery, body).delivery)),
  ];
}

const staleReads = z.object({ ms: z.int().min(0).max(600_000) });

const redelivery = z.object({ delivery: z.int().optional() });

const callsQuery = z.object({
  after: z.coerce.number().int().default(0),
  service: z.enum(['github', 'slack', 'kubernetes']).optional(),
  /** Only the newest so many. */
  last: z.coerce.number().int().min(1).optional(),
});

async function handle(
  routes: readonly Route[],
  events: Events,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox');
  if (pathname === '/stream') return events.stream(request, response, searchParams.get('as'));
  try {
    refuseForeignPages(request);
    const there = routes.filter(({ path }) => path === pathname);
    if (there.length === 0) throw new Refusal(404, `no such path; there are ${paths(routes)}`);
    const route = there.find(({ method }) => method === request.method);
    const methods = there.map(({ method }) => method).join(', ');
    if (!route) throw new Refusal(405, `${pathname} takes ${methods}`, { allow: methods });
    const body = request.method === 'POST' ? await readJson(request) : undefined;
    sendJson(response, 200, await route.answer({ query: searchParams, body }));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    sendJson(response, error.status, { error: error.message }, error.headers);
  }
}

function paths(routes: readonly Route[]): string {
  return [...new Set(routes.map(({ path }) => path))].join(', ');
}

/** A web page of somebody else's, open in the same browser, must not be able to pull these levers. */
function refuseForeignPages(request: IncomingMessage): void {
  const { origin, host } = request.headers;
  if (origin && origin !== `http://${host}`) throw new Refusal(403, 'this is for pages of the sandbox only');
}

/** Reads what was asked. @throws Refusal 400 with everything that is wrong with it. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new Refusal(400, problems.join('; '));
}
