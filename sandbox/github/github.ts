import { writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Site } from '../site.ts';
import type { Actor } from './actor.ts';
import { createWorld, type OwnWorld } from './create-world.ts';
import { handleGit } from './git-http.ts';
import { executeGraph, isMutation, operationNameOf, warmGraph } from './graphql/execute.ts';
import type { Use } from './limits.ts';
import type { GitHubOptions } from './options.ts';
import { Problem } from './problem.ts';
import { parseJson, readBody } from './read-body.ts';
import { faultReply, limitReply } from './refusals.ts';
import { respond } from './respond.ts';
import { type FoundRoute, Rest } from './rest.ts';
import type { Reply } from './route.ts';
import { routes } from './routes.ts';
import { stateFile } from './seed.ts';

/** How often (ms) a kept sandbox saves what it knows. */
const saveEveryMs = 2_000;

/** Makes an imitated GitHub with one repository. @throws when the seed cannot be read. */
export async function createGitHub(options: GitHubOptions): Promise<GitHub> {
  return new GitHub(await createWorld(options));
}

/** By then (ms) the sandbox listens, and building GraphQL's schema delays nobody. */
const warmAfterMs = 250;

export class GitHub implements Site {
  readonly world: OwnWorld;
  readonly #rest: Rest;
  readonly #saving: NodeJS.Timeout | undefined;
  readonly #warming = setTimeout(warmGraph, warmAfterMs).unref();
  #saved = '';

  constructor(world: OwnWorld) {
    this.world = world;
    this.#rest = new Rest(world, routes);
    if (world.options.keep) {
      this.#saving = setInterval(() => void this.save(), saveEveryMs).unref();
    }
  }

  /** Login -> token of the sample people, for REST, GraphQL and git (as password). */
  get personalTokens(): ReadonlyMap<string, string> {
    return this.world.tokens.personal;
  }

  /** From now on the bot reads refs and pull requests as they were so many milliseconds ago; 0 ends it. */
  setStaleReads(ms: number): void {
    this.world.views.setStaleReads(ms);
  }

  /** Ends every installation token: the bot's next call is answered 401. */
  expireTokens(): void {
    this.world.tokens.expireAll();
  }

  /** Resolves when every webhook so far has been answered. */
  idle(): Promise<void> {
    return this.world.idle();
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/';
    try {
      if (url.startsWith('/git/')) return await handleGit(this.world, request, response);
      const body = await readBody(request);
      const actor = await this.#actor(request, body);
      await this.#call(request, response, actor, body);
    } catch (error) {
      if (!(error instanceof Problem))
        console.error(`sandbox: failed to answer ${request.method} ${url}:`, error);
      const problem = error instanceof Problem ? error : new Problem(500, 'Server Error');
      respond(
        request,
        response,
        { status: problem.status, body: problem.body() },
        { date: this.world.now() },
      );
    }
  }

  async save(): Promise<void> {
    const text = JSON.stringify(this.world.state);
    if (text === this.#saved) return;
    this.#saved = text;
    await writeFile(stateFile(this.world.options), text);
  }

  async close(): Promise<void> {
    clearInterval(this.#saving);
    clearTimeout(this.#warming);
    await Promise.race([this.world.idle(), new Promise((resolve) => setTimeout(resolve, 1_000).unref())]);
    if (this.world.options.keep) await this.save();
    await this.world.git.close();
  }

  /** Who asks; a call with one of the bot's credentials is logged even when that is no good any more. */
  async #actor(request: IncomingMessage, body: Buffer): Promise<Actor> {
    const { authorization } = request.headers;
    try {
      return await this.world.tokens.actor(authorization);
    } catch (error) {
      if (!(error instanceof Problem) || !/\s(ghs_|eyJ)/.test(authorization ?? '')) throw error;
      const outcome = await this.world.options.faults.around(
        'github',
        nameOf(request, body),
        async () => error.status,
      );
      this.world.options.faults.answered(outcome.call);
      throw error;
    }
  }

  /** The bot's calls are logged and struck by faults; people's are not. */
  async #call(request: IncomingMessage, response: ServerResponse, actor: Actor, body: Buffer): Promise<void> {
    const graph = isGraph(request);
    const json = parseJson(body);
    const name = nameOf(request, body);
    const prepared: { reply?: Reply } = {};
    const run = async (): Promise<number> => {
      prepared.reply = await this.#within(request, actor, json);
      return prepared.reply.status;
    };
    const more = { date: this.world.now(), resource: graph ? ('graphql' as const) : ('core' as const) };
    const send = (reply: Reply): void => {
      const rate = actor.kind === 'app' ? undefined : this.world.limits.status(actor, more.resource);
      respond(request, response, reply, { ...more, rate });
    };
    if (actor.kind !== 'app' && actor.kind !== 'installation') {
      await run();
      if (prepared.reply) send(prepared.reply);
      return;
    }
    const outcome = await this.world.options.faults.around('github', name, run);
    if (outcome.kind === 'silence') return;
    response.once('finish', () => this.world.options.faults.answered(outcome.call));
    if (outcome.kind === 'error') send(faultReply(outcome.status, outcome.retryAfter));
    else if (prepared.reply) send(prepared.reply);
  }

  /** Within the limits, which are counted per caller. */
  async #within(request: IncomingMessage, actor: Actor, json: unknown): Promise<Reply> {
    const { limits } = this.world;
    const found = isGraph(request) ? undefined : this.#rest.find(request.method ?? 'GET', request.url ?? '/');
    const free = actor.kind === 'app' || found?.route.path === '/rate_limit';
    if (free) return this.#answer(request, actor, json, found);
    try {
      const refused = limitReply(this.world, actor, limits.begin(actor, usageOf(request, json, found)));
      return refused ?? (await this.#answer(request, actor, json, found));
    } finally {
      limits.end(actor);
    }
  }

  async #answer(
    request: IncomingMessage,
    actor: Actor,
    body: unknown,
    found: FoundRoute | undefined,
  ): Promise<Reply> {
    const { world } = this;
    if (!isGraph(request)) {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [
          name,
          Array.isArray(value) ? value.join(', ') : value,
        ]),
      );
      const call = { method: request.method ?? 'GET', url: request.url ?? '/', actor, body, headers };
      return this.#rest.answer(call, found);
    }
    if (actor.kind === 'anonymous') {
      throw new Problem(401, 'This endpoint requires you to be authenticated.');
    }
    return executeGraph({
      world,
      actor,
      body,
      spend: ({ cost, nodeCount }) => {
        const { reset, ...rate } = world.limits.spend(actor, 'graphql', cost);
        return { ...rate, cost, nodeCount, resetAt: world.iso(reset * 1000) };
      },
    });
  }
}

/** As calls are logged and faults are matched: `METHOD /path` or `graphql <OperationName>`. */
function nameOf(request: IncomingMessage, body: Buffer): string {
  const [path = '/'] = (request.url ?? '/').split('?');
  return isGraph(request) ? `graphql ${operationNameOf(parseJson(body))}` : `${request.method} ${path}`;
}

function isGraph(request: IncomingMessage): boolean {
  return request.method === 'POST' && (request.url ?? '').split('?')[0] === '/graphql';
}

/** Reads weigh 1 point and writes 5. A query's hourly cost is taken once it is known. */
function usageOf(request: IncomingMessage, json: unknown, found: FoundRoute | undefined): Use {
  if (isGraph(request)) {
    const writes = isMutation(json);
    return { resource: 'graphql', cost: 0, points: writes ? 5 : 1, creates: writes };
  }
  const points = request.method === 'GET' ? 1 : 5;
  return { resource: 'core', cost: 1, points, creates: found?.route.creates ?? false };
}
