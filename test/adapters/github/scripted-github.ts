import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProbotOctokit } from 'probot';
import type { Log } from '../../../jobs/ports.ts';
import type { Deployments } from '../../../jobs/rollout/deployments-port.ts';
import { createGitHubClient, type GitHubClient } from '../../../src/adapters/github/client.ts';
import { createDeployments } from '../../../src/adapters/github/deployments.ts';
import { createLimiter, type LimiterOptions } from '../../../src/adapters/github/limiter.ts';
import type { OctokitFor } from '../../../src/adapters/github/octokit-like.ts';
import {
  createGitHubContext,
  createPlatformRepository,
} from '../../../src/adapters/github/platform-repository.ts';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly body: { readonly query: string; readonly variables: Readonly<Record<string, unknown>> };
  readonly token: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** `silence` never answers, `cut` closes the connection without a word. */
  readonly instead?: 'silence' | 'cut';
}

export interface ScriptedGitHub {
  readonly url: string;
  readonly seen: Seen[];
  /** Answers to give, in order; the last one is given again and again. */
  answer(...replies: (Reply | ((seen: Seen) => Reply))[]): void;
  readonly octokitFor: OctokitFor;
  client(options?: LimiterOptions & { readonly timeoutMs?: number }): GitHubClient;
  repository(options?: { readonly monotonic?: () => number }): ReturnType<typeof createPlatformRepository>;
  deployments(): Deployments;
  close(): Promise<void>;
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** GitHub's clock in these tests. */
export const GITHUB_DATE = 'Mon, 01 Jun 2026 12:00:00 GMT';

/** A real HTTP server on loopback that says what a test tells it to, behind a real Octokit. */
export async function startScriptedGitHub(): Promise<ScriptedGitHub> {
  const seen: Seen[] = [];
  let script: (Reply | ((seen: Seen) => Reply))[] = [];
  const server = createServer((request, response) => {
    void readRequest(request).then((each) => {
      seen.push(each);
      const next = script.length > 1 ? script.shift() : script[0];
      const reply = typeof next === 'function' ? next(each) : (next ?? { status: 500 });
      if (reply.instead === 'cut') request.socket.destroy();
      if (reply.instead !== undefined) return;
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        date: GITHUB_DATE,
        ...reply.headers,
      };
      response.writeHead(reply.status ?? 200, headers).end(JSON.stringify(reply.json ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let token = 1;
  const octokit = new ProbotOctokit({
    baseUrl: url,
    throttle: { enabled: false },
    retry: { enabled: false },
    authStrategy: () =>
      Object.assign(async () => ({ token: `sample-${++token}` }), {
        hook: (send: (options: object) => unknown, options: { readonly headers: object }) =>
          send({ ...options, headers: { ...options.headers, authorization: `token sample-${token}` } }),
      }),
  });
  const octokitFor: OctokitFor = async () => octokit;
  const optionsOf = (options: { readonly monotonic?: () => number }) => ({
    octokitFor,
    limiter: createLimiter(),
    log: silentLog,
    appSlug: 'trunkline',
    appId: 17,
    timeoutMs: 500,
    ...options,
  });
  return {
    url,
    seen,
    octokitFor,
    answer: (...replies) => {
      script = replies;
    },
    client: (options = {}) =>
      createGitHubClient({
        octokitFor,
        limiter: createLimiter(options),
        timeoutMs: options.timeoutMs ?? 500,
      }),
    repository: (options = {}) => createPlatformRepository(optionsOf(options)),
    deployments: () => createDeployments(createGitHubContext(optionsOf({}))),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readRequest(request: IncomingMessage): Promise<Seen> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    body: text === '' ? { query: '', variables: {} } : JSON.parse(text),
    token: request.headers.authorization ?? '',
  };
}
