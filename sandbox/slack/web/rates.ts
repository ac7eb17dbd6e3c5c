import type { Limits } from '../options.ts';
import type { Tier } from './method.ts';
import { Refusal } from './reply.ts';

/** Calls a minute of methods with a limit of their own. https://docs.slack.dev/apis/web-api/rate-limits */
const SPECIAL_PER_MINUTE = 600;

/**
 * The documented rate limits: so many calls of each method in any minute, and about one post a second in each
 * conversation. Refuses with `ratelimited` and the seconds to wait.
 */
export class Rates {
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #calls = new Map<string, number[]>();
  readonly #posts = new Map<string, { tokens: number; at: number }>();

  constructor(limits: Limits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Counts a call of a method. */
  take(method: string, tier: Tier): void {
    if (!this.#limits.rateLimits) return;
    const now = this.#now();
    const recent = (this.#calls.get(method) ?? []).filter((at) => at > now - 60_000);
    const most = tier === 'special' ? SPECIAL_PER_MINUTE : this.#limits.perMinute[tier];
    this.#calls.set(method, recent);
    const [first = now] = recent;
    if (recent.length >= most) throw rateLimited(first + 60_000 - now);
    recent.push(now);
  }

  /** Counts a post in a conversation. */
  takePost(channel: string): void {
    if (!this.#limits.rateLimits) return;
    const now = this.#now();
    const bucket = this.#posts.get(channel) ?? { tokens: this.#limits.postBurst, at: now };
    const tokens = Math.min(this.#limits.postBurst, bucket.tokens + (now - bucket.at) / 1000);
    if (tokens < 1) throw rateLimited((1 - tokens) * 1000);
    this.#posts.set(channel, { tokens: tokens - 1, at: now });
  }
}

function rateLimited(ms: number): Refusal {
  return new Refusal('ratelimited', {}, Math.max(1, Math.ceil(ms / 1000)));
}
