import { AmbiguousWriteError, PermanentError, RetryableError } from '../../errors.ts';
import { within } from '../../within.ts';
import { explainFailure, isTooFast, readFailure } from './github-failure.ts';
import { type GraphAnswer, type GraphOperation, readGraphAnswer } from './graph-answer.ts';
import type { Limiter, Toll } from './limiter.ts';
import type { OctokitFor, OctokitLike, RawAnswer } from './octokit-like.ts';

/** Sends requests to GitHub within its limits, and puts every failure into the house's error classes. */
export interface GitHubClient {
  /** A REST read: `route` such as `/repos/{owner}/{repo}/activity`. */
  get(...call: RestCall): Promise<Answer>;
  /** A REST `POST` that writes nothing, as where GitHub works something out. */
  ask(...call: RestCall): Promise<Answer>;
  /** A REST `POST` that makes something. */
  post(...call: RestCall): Promise<Answer>;
  /** A REST `PUT`, as where GitHub merges. */
  put(...call: RestCall): Promise<Answer>;
  /** A REST `PATCH` that changes something that stands. */
  patch(...call: RestCall): Promise<Answer>;
  query(repo: string, what: string, operation: GraphOperation): Promise<GraphAnswer>;
  /** One document of mutations; a failed field is in the answer's `errors`, the others may have been done. */
  mutate(repo: string, what: string, operation: GraphOperation): Promise<GraphAnswer>;
}

/** `accepted` are statuses of failures that the caller reads as answers. */
export type RestCall = readonly [
  repo: string,
  what: string,
  route: string,
  parameters: Record<string, unknown>,
  accepted?: readonly number[],
];

export interface Answer {
  readonly status: number;
  readonly data: unknown;
  /** When GitHub answered, in milliseconds since the epoch by its own clock. */
  readonly at: number;
}

interface Call {
  readonly repo: string;
  /** What is done, to follow "failed to". */
  readonly what: string;
  readonly write: boolean;
  readonly toll: Toll;
  readonly send: (octokit: OctokitLike, signal: AbortSignal) => Promise<RawAnswer>;
}

export interface ClientOptions {
  readonly octokitFor: OctokitFor;
  readonly limiter: Limiter;
  /** Whether its writes leave most of the limits to others. */
  readonly yields?: boolean;
  /** Default 10 s. */
  readonly timeoutMs?: number;
  /** Milliseconds since the epoch, used only when an answer bears no date. */
  readonly now?: () => number;
}

interface RestMethod {
  readonly verb: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly write: boolean;
  /** GitHub counts any POST as a write, whatever it does. */
  readonly points: number;
}

const REST = {
  get: { verb: 'GET', write: false, points: 1 },
  ask: { verb: 'POST', write: false, points: 5 },
  post: { verb: 'POST', write: true, points: 5 },
  put: { verb: 'PUT', write: true, points: 5 },
  patch: { verb: 'PATCH', write: true, points: 5 },
} as const satisfies Readonly<Record<string, RestMethod>>;

/** `what` is a verb and its object, to follow "failed to". */
export function createGitHubClient(options: ClientOptions): GitHubClient {
  const { octokitFor, limiter, yields = false, timeoutMs = 10_000, now = Date.now } = options;

  async function attempt(octokit: OctokitLike, { toll, send }: Call): Promise<RawAnswer> {
    return await limiter.pass(toll, () => within(timeoutMs, send(octokit, AbortSignal.timeout(timeoutMs))));
  }

  function explain(call: Call, error: unknown): Error {
    if (error instanceof RetryableError || error instanceof PermanentError) return error;
    const failure = readFailure(error);
    if (isTooFast(failure)) {
      const retryInMs = limiter.slowDown(call.toll, failure.headers);
      return new RetryableError(`failed to ${call.what}: GitHub asks to slow down`, {
        cause: error,
        retryInMs,
      });
    }
    limiter.heed(call.toll, failure.headers);
    return explainFailure(call.what, call.write, failure, error);
  }

  async function run(call: Call): Promise<RawAnswer> {
    const octokit = await octokitFor(call.repo).catch((error: unknown) => {
      throw explain({ ...call, write: false }, error);
    });
    try {
      return await attempt(octokit, call);
    } catch (error) {
      if (readFailure(error).status !== 401) throw explain(call, error);
    }
    // The token was taken back or has expired under way; GitHub did nothing, so a new one may try once more.
    await within(timeoutMs, octokit.auth({ type: 'installation', refresh: true })).catch((error: unknown) => {
      throw explain({ ...call, write: false }, error);
    });
    return await attempt(octokit, call).catch((error: unknown) => {
      throw explain(call, error);
    });
  }

  async function graph(repo: string, what: string, operation: GraphOperation, write: boolean) {
    const toll: Toll = { resource: 'graphql', points: write ? 5 : 1, creates: write, yields };
    const answer = await run({
      repo,
      what,
      write,
      toll,
      send: (octokit, signal) =>
        octokit.request(`POST ${graphUrl(octokit)}`, { ...operation, request: { signal } }),
    });
    const read = readGraphAnswer(answer.data, dateOf(answer, now));
    if (read === undefined) {
      const text = `failed to ${what}: GitHub's answer is not one to GraphQL`;
      throw write ? new AmbiguousWriteError(text) : new RetryableError(text);
    }
    if (read.errors.some(({ type, message }) => type === 'RATE_LIMITED' || /rate limit/i.test(message))) {
      const retryInMs = limiter.slowDown(toll, answer.headers);
      // Where there are data, fields before the limit may have been done.
      const Kind = write && read.data !== null ? AmbiguousWriteError : RetryableError;
      throw new Kind(`failed to ${what}: GitHub asks to slow down`, { retryInMs });
    }
    return read;
  }

  async function rest(method: RestMethod, call: RestCall): Promise<Answer> {
    const [repo, what, route, parameters, accepted = []] = call;
    const { verb, write, points } = method;
    const answer = await run({
      repo,
      what,
      write,
      toll: { resource: 'core', points, creates: write, yields },
      send: (octokit, signal) =>
        octokit
          .request(`${verb} ${route}`, { ...parameters, request: { signal } })
          .catch((error: unknown) => {
            const { status, headers, data, unsent } = readFailure(error);
            if (unsent || status === undefined || !accepted.includes(status)) throw error;
            return { status, headers, data };
          }),
    });
    return { status: answer.status, data: answer.data, at: dateOf(answer, now) };
  }

  return {
    get: (...call) => rest(REST.get, call),
    ask: (...call) => rest(REST.ask, call),
    post: (...call) => rest(REST.post, call),
    put: (...call) => rest(REST.put, call),
    patch: (...call) => rest(REST.patch, call),
    query: (repo, what, operation) => graph(repo, what, operation, false),
    mutate: (repo, what, operation) => graph(repo, what, operation, true),
  };
}

/** On GitHub Enterprise Server, REST is at `/api/v3` and GraphQL at `/api/graphql`. */
function graphUrl(octokit: OctokitLike): string {
  return `${octokit.request.endpoint.DEFAULTS.baseUrl.replace(/\/api\/v3\/?$/, '/api')}/graphql`;
}

function dateOf(answer: RawAnswer, now: () => number): number {
  const date = Date.parse(String(answer.headers['date'] ?? ''));
  return Number.isNaN(date) ? now() : date;
}
