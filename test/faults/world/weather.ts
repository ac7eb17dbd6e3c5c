import type { Random } from '../support/random.ts';

export type Service = 'github' | 'slack' | 'redis';

/** What becomes of one call to the outside. */
export type Fate =
  | { readonly kind: 'fine' }
  /** Nothing is done. */
  | { readonly kind: 'error'; readonly status: number; readonly retryAfter?: number }
  | { readonly kind: 'error-though-done'; readonly status: number }
  | { readonly kind: 'silence' }
  | { readonly kind: 'silence-though-done' }
  /** The process dies before the call leaves, after it left, or when the answer arrives. */
  | { readonly kind: 'crash'; readonly when: 'before' | 'sent' | 'answered' }
  | { readonly kind: 'pause'; readonly when: 'before' | 'answered'; readonly ms: number };

/** What becomes of one delivery to the bot: when it arrives, each time; none when it is lost. */
export type Delivery = readonly number[];

/** How bad a seed is: probabilities per call or delivery, and how often the rare things come. */
export interface Climate {
  readonly replicas: 1 | 2;
  readonly githubErrors: number;
  readonly slackErrors: number;
  readonly redisErrors: number;
  readonly silence: number;
  readonly crashes: number;
  readonly pauses: number;
  readonly staleReadsMs: number;
  readonly lostWebhooks: number;
  readonly copies: number;
  readonly slowWebhooksMs: number;
  readonly redisOutages: readonly number[];
  readonly flushes: number;
  readonly lostWrites: number;
  readonly clockAheadMs: number;
}

/** A climate that a seed draws: mostly a few kinds of trouble, now and then all at once, now and then none. */
export function drawClimate(random: Random): Climate {
  const some = <T>(probability: number, yes: () => T, no: T): T => (random.chance(probability) ? yes() : no);
  return {
    replicas: random.chance(0.5) ? 2 : 1,
    githubErrors: some(0.4, () => random.pick([0.02, 0.08, 0.2]), 0),
    slackErrors: some(0.3, () => random.pick([0.03, 0.15]), 0),
    redisErrors: some(0.2, () => random.pick([0.005, 0.02]), 0),
    silence: some(0.25, () => random.pick([0.01, 0.05]), 0),
    crashes: some(0.5, () => random.whole(1, 4), 0),
    pauses: some(0.35, () => random.whole(1, 3), 0),
    staleReadsMs: some(0.25, () => random.pick([5_000, 30_000]), 0),
    lostWebhooks: some(0.4, () => random.pick([0.2, 0.5, 1]), 0),
    copies: some(0.3, () => random.pick([2, 4]), 1),
    slowWebhooksMs: some(0.5, () => random.pick([500, 5_000, 20_000]), 100),
    redisOutages: some(0.2, () => [random.pick([1_000, 7_000, 20_000])], []),
    flushes: some(0.2, () => random.whole(1, 2), 0),
    lostWrites: some(0.15, () => 1, 0),
    clockAheadMs: some(0.15, () => random.pick([-600_000, 600_000]), 0),
  };
}

const GITHUB_STATUSES = [500, 502, 401, 403, 429] as const;
const PAUSES_MS = [3_000, 20_000, 35_000, 90_000] as const;

/** Decides what becomes of each call and delivery, by a seed and a climate. */
export class Weather {
  readonly climate: Climate;
  readonly #random: Random;
  readonly #calls: Random;
  /** When nothing breaks any more. */
  isOver = false;
  #crashesLeft: number;
  #pausesLeft: number;

  constructor(random: Random, climate: Climate) {
    this.#random = random.fork('weather');
    this.#calls = random.fork('calls');
    this.climate = climate;
    this.#crashesLeft = climate.crashes;
    this.#pausesLeft = climate.pauses;
  }

  latency(service: Service): number {
    if (service === 'redis') return this.#calls.next() * 2;
    return this.#calls.chance(0.05) ? this.#calls.whole(500, 3_000) : this.#calls.whole(5, 120);
  }

  strike(service: Service, writes: boolean): Fate {
    if (this.isOver) return { kind: 'fine' };
    const random = this.#random;
    // Rare things come where something is at stake more often than elsewhere.
    const weight = service === 'redis' ? 0.004 : writes ? 0.12 : 0.02;
    if (this.#crashesLeft > 0 && random.chance(weight)) {
      this.#crashesLeft -= 1;
      return { kind: 'crash', when: random.pick(['before', 'sent', 'answered'] as const) };
    }
    if (this.#pausesLeft > 0 && service !== 'redis' && random.chance(weight)) {
      this.#pausesLeft -= 1;
      return {
        kind: 'pause',
        when: random.pick(['before', 'answered'] as const),
        ms: random.pick(PAUSES_MS),
      };
    }
    if (service !== 'redis' && random.chance(this.climate.silence))
      return { kind: random.chance(0.5) ? 'silence' : 'silence-though-done' };
    return this.#failure(service, writes);
  }

  #failure(service: Service, writes: boolean): Fate {
    const random = this.#random;
    const { githubErrors, slackErrors, redisErrors } = this.climate;
    const probability = { github: githubErrors, slack: slackErrors, redis: redisErrors }[service];
    if (!random.chance(writes ? probability * 2 : probability)) return { kind: 'fine' };
    if (service === 'redis') return { kind: 'error', status: 0 };
    if (writes && random.chance(0.5)) return { kind: 'error-though-done', status: random.pick([500, 502]) };
    if (service === 'slack') {
      const status = random.pick([429, 500]);
      return status === 429
        ? { kind: 'error', status, retryAfter: random.whole(1, 10) }
        : { kind: 'error', status };
    }
    const status = random.pick(GITHUB_STATUSES);
    const isLimit = status === 429 || status === 403;
    return isLimit && random.chance(0.5)
      ? { kind: 'error', status, retryAfter: random.whole(1, 20) }
      : { kind: 'error', status };
  }

  /** When a webhook arrives, each time; none when it is lost. */
  webhook(): Delivery {
    const random = this.#random;
    if (this.isOver) return [random.whole(10, 100)];
    if (random.chance(this.climate.lostWebhooks)) return [];
    return Array.from({ length: this.climate.copies }, () => random.whole(1, this.climate.slowWebhooksMs));
  }

  /** When what somebody did in Slack arrives, each time. */
  click(): Delivery {
    const random = this.#random;
    if (this.isOver || !random.chance(0.3)) return [random.whole(5, 60)];
    if (random.chance(0.15)) return [];
    return Array.from({ length: this.climate.copies }, () => random.whole(1, 200));
  }
}
