import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  type WebClient,
} from '@slack/web-api';
import type { Redis } from 'ioredis';
import type { OctokitLike } from '../../../src/adapters/github/octokit-like.ts';
import type { GitHubApp } from '../../../src/adapters/github-app.ts';
import type { World } from './world.ts';

const GITHUB_TIMEOUT_MS = 10_000;

/** GitHub's App as the bot's adapters know it, straight into the sandbox's. */
export function gitHubApp(world: World): GitHubApp {
  const request = Object.assign(
    async (route: string, given: Readonly<Record<string, unknown>> = {}) =>
      world.askGitHub(expand(route, given)),
    { endpoint: { DEFAULTS: { baseUrl: 'http://github.test' } } },
  );
  const octokit: OctokitLike = { request, auth: async () => undefined };
  const { app } = world.github.state;
  return {
    probot: undefined,
    octokitFor: async () => octokit,
    readInstallation: async () => {
      const silent = world.scheduler
        .sleep(GITHUB_TIMEOUT_MS)
        .then(() => Promise.reject(new Error('timed out')));
      await Promise.race([world.askGitHub({ method: 'GET', url: '/rate_limit' }), silent]);
      return { id: app.installationId, app_slug: app.slug, app_id: app.id, permissions: app.permissions };
    },
    receive: async () => undefined,
  } as unknown as GitHubApp;
}

/** A route of Octokit's with its parameters, as a request. */
function expand(route: string, given: Readonly<Record<string, unknown>>) {
  const [method = 'GET', template = '/'] = route.split(' ');
  const rest = new Map(
    Object.entries(given).filter(([name, value]) => name !== 'request' && value !== undefined),
  );
  const path = template.replace('http://github.test', '').replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest.get(name));
    rest.delete(name);
    return encodeURIComponent(value);
  });
  if (method !== 'GET') return { method, url: path, body: Object.fromEntries(rest) };
  const query = new URLSearchParams(
    [...rest].map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return { method, url: query === '' ? path : `${path}?${query}` };
}

const SLACK_TIMEOUT_MS = 10_000;

/** Slack's WebClient, straight into the sandbox's Slack: `client.chat.postMessage(…)` and all others. */
export function slackClient(world: World): WebClient {
  const method = (name: string): unknown =>
    new Proxy(() => undefined, {
      get: (_, part: string) => method(name === '' ? part : `${name}.${part}`),
      apply: (_, __, [args = {}]: [object?]) => callSlack(world, name, args),
    });
  return method('') as WebClient;
}

async function callSlack(world: World, name: string, args: object): Promise<unknown> {
  const silent = world.scheduler.sleep(SLACK_TIMEOUT_MS).then(() => 'silent' as const);
  const answer = await Promise.race([world.askSlack(name, args), silent]);
  if (answer === 'silent') throw new WebAPIRequestError(new Error('timed out'));
  if (answer === 'failed') throw new WebAPIHTTPError(500, 'Internal Server Error', {});
  if (answer.kind === 'limited') throw new WebAPIRateLimitedError(answer.seconds);
  if (answer.kind === 'refused') throw new WebAPIPlatformError({ ok: false, error: answer.code });
  return answer.body;
}

/** The commands of Redis that the bot gives outside its queues. */
export function redisClient(world: World): Redis {
  const { redis } = world;
  const asText = (value: string | Buffer | undefined) => value?.toString() ?? null;
  return {
    get: (key: string) => world.askRedis(`get ${key}`, () => asText(redis.get(key))),
    getBuffer: (key: string) => world.askRedis(`get ${key}`, () => redis.get(key) ?? null),
    set: (key: string, value: string, ...options: readonly (string | number)[]) =>
      world.askRedis(`set ${key}`, () => {
        const ms = options.includes('PX') ? Number(options[options.indexOf('PX') + 1]) : undefined;
        const how = { isNew: options.includes('NX'), ...(ms === undefined ? {} : { ms }) };
        return redis.set(key, value, how) ? 'OK' : null;
      }),
    pttl: (key: string) => world.askRedis(`pttl ${key}`, () => redis.left(key)),
    del: (key: string) => world.askRedis(`del ${key}`, () => redis.delete(key)),
    // The only script is the snapshot store's: keep a snapshot unless a newer one is kept.
    eval: (_script: string, _keys: number, version: string, body: string, at: string, content: Buffer) =>
      world.askRedis('keep a snapshot', () => {
        if (Number.parseInt(at, 10) < Number.parseInt(String(redis.get(version) ?? '-1'), 10)) return 0;
        redis.set(version, at);
        redis.set(body, content);
        return 1;
      }),
    on: () => undefined,
    off: () => undefined,
  } as unknown as Redis;
}
