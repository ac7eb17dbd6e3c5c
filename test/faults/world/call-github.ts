import type { Actor } from '../../../sandbox/github/actor.ts';
import { executeGraph, isMutation, operationNameOf } from '../../../sandbox/github/graphql/execute.ts';
import { limitReply } from '../../../sandbox/github/refusals.ts';
import { Rest } from '../../../sandbox/github/rest.ts';
import { Problem, type Reply } from '../../../sandbox/github/route.ts';
import { routes } from '../../../sandbox/github/routes.ts';
import type { MemoryGitHub } from './github-world.ts';

export interface GitHubRequest {
  readonly method: string;
  /** Path and query, below the API's root. */
  readonly url: string;
  readonly body?: unknown;
}

export interface GitHubReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: unknown;
}

/** As the sandbox logs calls: `METHOD /path` or `graphql <OperationName>`. */
export function nameOfRequest({ method, url, body }: GitHubRequest): string {
  return isGraph(url) ? `graphql ${operationNameOf(body)}` : `${method} ${url.split('?')[0]}`;
}

const rests = new WeakMap<MemoryGitHub, Rest>();

/** What the sandbox's GitHub answers, without HTTP. `onLimited` hears of every request beyond the limits. */
export async function callGitHub(
  world: MemoryGitHub,
  actor: Actor,
  request: GitHubRequest,
  onLimited: () => void = () => undefined,
): Promise<GitHubReply> {
  const rest = rests.get(world) ?? new Rest(world, routes);
  rests.set(world, rest);
  const graph = isGraph(request.url);
  const found = graph ? undefined : rest.find(request.method, request.url);
  const resource = graph ? 'graphql' : 'core';
  const points = graph ? (isMutation(request.body) ? 5 : 1) : request.method === 'GET' ? 1 : 5;
  const creates = graph ? isMutation(request.body) : (found?.route.creates ?? false);
  const verdict = world.limits.begin(actor, { resource, cost: graph ? 0 : 1, points, creates });
  try {
    const refused = limitReply(world, actor, verdict);
    if (refused !== undefined) onLimited();
    return replyOf(world, actor, resource, refused ?? (await answer(world, rest, actor, request, found)));
  } finally {
    world.limits.end(actor);
  }
}

async function answer(
  world: MemoryGitHub,
  rest: Rest,
  actor: Actor,
  request: GitHubRequest,
  found: ReturnType<Rest['find']>,
): Promise<Reply> {
  try {
    // As it would arrive: without what JSON does not know.
    const body: unknown = request.body === undefined ? undefined : JSON.parse(JSON.stringify(request.body));
    if (!isGraph(request.url)) return await rest.answer({ ...request, actor, body, headers: {} }, found);
    return await executeGraph({
      world,
      actor,
      body,
      spend: ({ cost, nodeCount }) => {
        const { reset, ...rate } = world.limits.spend(actor, 'graphql', cost);
        return { ...rate, cost, nodeCount, resetAt: world.iso(reset * 1000) };
      },
    });
  } catch (error) {
    if (error instanceof Problem) return { status: error.status, body: error.body() };
    throw error;
  }
}

function replyOf(world: MemoryGitHub, actor: Actor, resource: 'core' | 'graphql', reply: Reply): GitHubReply {
  const rate = world.limits.status(actor, resource);
  return {
    status: reply.status,
    headers: {
      date: new Date(world.now()).toUTCString(),
      'x-ratelimit-limit': String(rate.limit),
      'x-ratelimit-remaining': String(rate.remaining),
      'x-ratelimit-reset': String(rate.reset),
      'x-ratelimit-resource': resource,
      ...reply.headers,
    },
    data: reply.raw ?? (reply.body === undefined ? undefined : JSON.parse(JSON.stringify(reply.body))),
  };
}

function isGraph(url: string): boolean {
  return url.split('?')[0] === '/graphql';
}
