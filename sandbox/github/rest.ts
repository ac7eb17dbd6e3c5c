import findMyWay from 'find-my-way';
import type { Actor } from './actor.ts';
import { demand } from './permissions.ts';
import { notFound, Problem } from './problem.ts';
import { Ctx, type Method, type Reply, type Route } from './route.ts';
import type { GitHubWorld } from './world.ts';

export interface RestCall {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly actor: Actor;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface FoundRoute {
  readonly route: Route;
  readonly params: Readonly<Record<string, string | undefined>>;
}

/** The REST API: finds a request's route and runs it. */
export class Rest {
  readonly #world: GitHubWorld;
  readonly #router = findMyWay({ caseSensitive: true, ignoreTrailingSlash: true, maxParamLength: 4096 });

  constructor(world: GitHubWorld, routes: readonly Route[]) {
    this.#world = world;
    for (const route of routes) this.#router.on(route.method, route.path, () => undefined, route);
  }

  find(method: string, url: string): FoundRoute | undefined {
    if (!isMethod(method)) return undefined;
    const found = this.#router.find(method, url.split('?')[0] ?? '/');
    return found ? { route: found.store as Route, params: found.params } : undefined;
  }

  /** Answers; whatever GitHub refuses becomes the reply. */
  async answer(call: RestCall, found: FoundRoute | undefined): Promise<Reply> {
    try {
      if (!found) throw notFound();
      this.#admit(call.actor, found);
      const query = new URL(call.url, 'http://localhost').searchParams;
      const ctx = new Ctx({ ...call, world: this.#world, params: found.params, query });
      return await found.route.handler(ctx);
    } catch (error) {
      if (error instanceof Problem) return { status: error.status, body: error.body() };
      throw error;
    }
  }

  /** Another repository or organisation than ours does not exist. */
  #admit(actor: Actor, { route, params }: FoundRoute): void {
    const { repo } = this.#world.state;
    if (route.for === 'app' && actor.kind !== 'app')
      throw new Problem(401, 'A JSON web token could not be decoded');
    if (params['owner'] !== undefined && !same(params['owner'], repo.owner)) throw notFound();
    if (params['owner'] !== undefined && params['repo'] !== undefined && !same(params['repo'], repo.name))
      throw notFound();
    if (params['org'] !== undefined && !same(params['org'], repo.owner)) throw notFound();
    if (route.permission) demand(this.#world, actor, route.permission);
    else if (actor.kind === 'anonymous' && route.method !== 'GET')
      throw new Problem(401, 'Requires authentication');
  }
}

function isMethod(method: string): method is Method {
  return ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method);
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
