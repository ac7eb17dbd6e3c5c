import type { Actor } from './actor.ts';
import type { LimitOptions } from './options.ts';

/** What GitHub documents. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const documented: Required<LimitOptions> = {
  core: 5000,
  graphqlPerHour: 5000,
  restPointsPerMinute: 900,
  graphqlPointsPerMinute: 2000,
  contentPerMinute: 80,
  contentPerHour: 500,
  concurrent: 100,
};

const minute = 60_000;
const hour = 3_600_000;

export type Resource = 'core' | 'graphql';

export interface RateStatus {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** Seconds since the epoch. */
  readonly reset: number;
}

export interface Use {
  readonly resource: Resource;
  /** Against the hourly budget. */
  readonly cost: number;
  /** Against the points a minute. */
  readonly points: number;
  readonly creates: boolean;
}

export type Verdict =
  | { readonly kind: 'fine' }
  | { readonly kind: 'primary' }
  /** `retryAfter` in seconds. */
  | { readonly kind: 'secondary'; readonly retryAfter: number };

interface Window {
  start: number;
  used: number;
}

/** What one caller has used of one resource. */
interface Account {
  readonly hours: Map<Resource, Window>;
  /** Points and content creation by minute and by hour. */
  readonly windows: Map<string, Window>;
  running: number;
}

/** GitHub's primary and secondary limits, one account for each caller. */
export class Limits {
  readonly #limits: Required<LimitOptions>;
  readonly #now: () => number;
  readonly #accounts = new Map<string, Account>();

  constructor(now: () => number, options: LimitOptions = {}) {
    this.#now = now;
    this.#limits = { ...documented, ...options };
  }

  /** Counts a request that begins; `end` must follow. A refused one costs nothing. */
  begin(actor: Actor, use: Use): Verdict {
    const account = this.#account(actor);
    account.running += 1;
    const { concurrent, restPointsPerMinute, graphqlPointsPerMinute, contentPerMinute, contentPerHour } =
      this.#limits;
    const perMinute = use.resource === 'core' ? restPointsPerMinute : graphqlPointsPerMinute;
    const status = this.status(actor, use.resource);
    if (status.remaining < use.cost) return { kind: 'primary' };
    if (account.running > concurrent) return { kind: 'secondary', retryAfter: 1 };
    const content = use.creates ? 1 : 0;
    const asked: readonly [string, number, number, number][] = [
      [`${use.resource} points`, minute, use.points, perMinute],
      ['content a minute', minute, content, contentPerMinute],
      ['content an hour', hour, content, contentPerHour],
    ];
    for (const [name, length, amount, most] of asked) {
      const window = this.#window(account.windows, name, length);
      if (window.used + amount > most) {
        return {
          kind: 'secondary',
          retryAfter: Math.max(1, Math.ceil((window.start + length - this.#now()) / 1000)),
        };
      }
    }
    for (const [name, length, amount] of asked) this.#window(account.windows, name, length).used += amount;
    this.spend(actor, use.resource, use.cost);
    return { kind: 'fine' };
  }

  end(actor: Actor): void {
    this.#account(actor).running -= 1;
  }

  /** Takes points from the hourly budget. */
  spend(actor: Actor, resource: Resource, cost: number): RateStatus {
    this.#window(this.#account(actor).hours, resource, hour).used += cost;
    return this.status(actor, resource);
  }

  status(actor: Actor, resource: Resource): RateStatus {
    const window = this.#window(this.#account(actor).hours, resource, hour);
    const limit = resource === 'core' ? this.#limits.core : this.#limits.graphqlPerHour;
    const used = Math.min(window.used, limit);
    return { limit, used, remaining: limit - used, reset: Math.ceil((window.start + hour) / 1000) };
  }

  #account(actor: Actor): Account {
    const key = actor.kind === 'user' ? `user ${actor.login}` : actor.kind;
    const known = this.#accounts.get(key);
    if (known) return known;
    const fresh: Account = { hours: new Map(), windows: new Map(), running: 0 };
    this.#accounts.set(key, fresh);
    return fresh;
  }

  #window<K>(windows: Map<K, Window>, key: K, length: number): Window {
    const known = windows.get(key);
    if (known && this.#now() < known.start + length) return known;
    const fresh = { start: this.#now(), used: 0 };
    windows.set(key, fresh);
    return fresh;
  }
}
