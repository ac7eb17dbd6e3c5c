import type { ZodType } from 'zod';
import type { Actor } from './actor.ts';
import { notFound, Problem } from './problem.ts';
import type { View } from './view.ts';
import type { GitHubWorld } from './world.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What an installation must have been granted, and a person's role must allow. */
export interface Permission {
  readonly name: string;
  readonly level: 'read' | 'write';
}

export interface Route {
  readonly method: Method;
  /** As in GitHub's reference with `:name` for a segment; a last `*` takes the rest, slashes included. */
  readonly path: string;
  /** Left out: any authenticated actor. */
  readonly permission?: Permission;
  /** Who may ask at all; installations and people (and anonymous ones for GET) when left out. */
  readonly for?: 'app';
  /** Counts as content creation in the secondary limits. */
  readonly creates?: boolean;
  readonly handler: (ctx: Ctx) => Promise<Reply> | Reply;
}

export interface Reply {
  readonly status: number;
  /** Sent as JSON; nothing is sent when undefined. */
  readonly body?: unknown;
  /** Sent as it is, instead of `body`; say its type in `headers`. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request on its way through a route. */
export class Ctx {
  readonly world: GitHubWorld;
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON, or undefined when nothing was sent. */
  readonly body: unknown;
  /** Path and query below the API's root. */
  readonly url: string;

  constructor(parts: Pick<Ctx, 'world' | 'actor' | 'params' | 'query' | 'headers' | 'body' | 'url'>) {
    this.world = parts.world;
    this.actor = parts.actor;
    this.params = parts.params;
    this.query = parts.query;
    this.headers = parts.headers;
    this.body = parts.body;
    this.url = parts.url;
  }

  get state(): GitHubWorld['state'] {
    return this.world.state;
  }

  /** Refs and pull requests to read from; changes look at `state`. */
  get view(): View {
    return this.world.view(this.actor);
  }

  /** A parameter of the path, decoded; `'*'` for the rest. */
  param(name: string): string {
    return this.params[name] ?? '';
  }

  /** @throws Problem 404 when it is no positive whole number. */
  number(name: string): number {
    const text = this.param(name);
    if (!/^[1-9]\d{0,14}$/.test(text)) throw notFound();
    return Number(text);
  }

  /** @throws Problem 422 in GitHub's shape when the body does not fit. */
  parse<T>(schema: ZodType<T>): T {
    const result = schema.safeParse(this.body ?? {});
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    const where = issue?.path.join('/') ?? '';
    const sentence = issue?.message ?? 'Body should be a JSON object';
    throw new Problem(422, `Invalid request.\n\nFor '${where || 'body'}', ${sentence}.`);
  }
}

export function ok(body: unknown, headers?: Readonly<Record<string, string>>): Reply {
  return headers ? { status: 200, body, headers } : { status: 200, body };
}

export function created(body: unknown): Reply {
  return { status: 201, body };
}

export function noContent(): Reply {
  return { status: 204 };
}

/** One page of a list with GitHub's `Link` header; `per_page` at most 100, 30 when not said. */
export function page<T>(
  ctx: Ctx,
  items: readonly T[],
  wrap: (slice: readonly T[]) => unknown = (slice) => slice,
): Reply {
  const perPage = Math.min(100, positive(ctx.query.get('per_page'), 30));
  const current = positive(ctx.query.get('page'), 1);
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const links: string[] = [];
  const link = (number: number, rel: string): void => {
    const url = new URL(ctx.world.urls.api() + ctx.url);
    url.searchParams.set('page', String(number));
    links.push(`<${url.href}>; rel="${rel}"`);
  };
  if (current > 1) link(current - 1, 'prev');
  if (current < last) link(current + 1, 'next');
  if (current < last) link(last, 'last');
  if (current > 1) link(1, 'first');
  const body = wrap(items.slice((current - 1) * perPage, current * perPage));
  return links.length > 0 ? ok(body, { link: links.join(', ') }) : ok(body);
}

export type { Actor } from './actor.ts';
export type { GitHubWorld } from './world.ts';
export { notFound, Problem };

function positive(text: string | null, fallback: number): number {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : fallback;
}
