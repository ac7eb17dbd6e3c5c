import { setTimeout as sleep } from 'node:timers/promises';
import { RetryableError } from '../../errors.ts';
import type { RawHeaders } from './octokit-like.ts';
import { type RateResource, readRateHeaders } from './rate-headers.ts';
import { slidingWindow } from './sliding-window.ts';

/** What one request weighs against GitHub's limits. */
export interface Toll {
  readonly resource: RateResource;
  /** 1 for a read, 5 for a write. */
  readonly points: number;
  /** Whether it makes content that notifies people or shows on GitHub. */
  readonly creates: boolean;
  /** Whether it leaves most of what may be made to others: what nobody waits for, however much of it there is. */
  readonly yields?: boolean | undefined;
}

/** Keeps our requests within GitHub's limits without ever holding a worker for long. */
export interface Limiter {
  /**
   * Sends when the limits allow it; waits at most a second for that.
   *
   * @throws RetryableError with `retryInMs` when the wait would be longer; nothing was sent then.
   */
  pass<T extends { readonly headers: RawHeaders }>(toll: Toll, send: () => Promise<T>): Promise<T>;
  /** Learns from the headers of a failed request. */
  heed(toll: Toll, headers: RawHeaders): void;
  /** GitHub said that we are too fast. Returns the milliseconds for which nothing will be sent. */
  slowDown(toll: Toll, headers: RawHeaders): number;
}

export interface LimiterOptions {
  /** Share of the limits that is ours, such as 0.5 with two replicas; default 1. */
  readonly share?: number;
  /** Milliseconds on a clock that never jumps; default `performance.now`. */
  readonly now?: () => number;
  readonly wait?: (ms: number) => Promise<unknown>;
}

const MINUTE = 60_000;
const PATIENCE_MS = 1_000;
/** How soon a place among the requests under way is looked for again. */
const POLL_MS = 50;

/** GitHub's limits: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits */
const LIMITS = { core: 900, graphql: 2_000, createsAMinute: 80, createsAnHour: 500, atOnce: 100 } as const;

export function createLimiter(options: LimiterOptions = {}): Limiter {
  const { share = 1, now = () => performance.now(), wait = (ms: number) => sleep(ms) } = options;
  const part = (limit: number) => Math.max(5, Math.floor(limit * share));
  const points = {
    core: slidingWindow(part(LIMITS.core), MINUTE),
    graphql: slidingWindow(part(LIMITS.graphql), MINUTE),
  };
  const creates = [
    slidingWindow(part(LIMITS.createsAMinute), MINUTE),
    slidingWindow(part(LIMITS.createsAnHour), 60 * MINUTE),
  ];
  const yielded = [
    slidingWindow(part(LIMITS.createsAMinute / 4), MINUTE),
    slidingWindow(part(LIMITS.createsAnHour / 2), 60 * MINUTE),
  ];
  /** Until when nothing is sent: for one resource when its hour is used up, for all when we were too fast. */
  const closedUntil = { core: 0, graphql: 0, all: 0 };
  let underWay = 0;
  let strikes = 0;

  function windowsOf({ creates: makes, yields }: Toll) {
    return makes ? [...creates, ...(yields ? yielded : [])] : [];
  }

  function waitMs(toll: Toll): number {
    const { resource, points: weight } = toll;
    const at = now();
    return Math.max(
      closedUntil[resource] - at,
      closedUntil.all - at,
      underWay >= part(LIMITS.atOnce) ? POLL_MS : 0,
      points[resource].waitMs(weight, at),
      ...windowsOf(toll).map((each) => each.waitMs(1, at)),
    );
  }

  async function admit(toll: Toll): Promise<void> {
    const deadline = now() + PATIENCE_MS;
    for (let ms = waitMs(toll); ms > 0; ms = waitMs(toll)) {
      if (now() + ms > deadline) {
        throw new RetryableError(`GitHub's ${toll.resource} limit leaves no room now`, {
          retryInMs: Math.ceil(ms),
        });
      }
      await wait(Math.ceil(ms));
    }
    points[toll.resource].spend(toll.points, now());
    for (const each of windowsOf(toll)) each.spend(1, now());
  }

  function heed(toll: Toll, headers: RawHeaders): void {
    const { resource = toll.resource, remaining, resetInMs } = readRateHeaders(headers);
    // What is under way will take from what remains before it can tell us.
    if (remaining !== undefined && remaining <= underWay && resetInMs !== undefined) {
      closedUntil[resource] = Math.max(closedUntil[resource], now() + resetInMs);
    }
  }

  function slowDown(toll: Toll, headers: RawHeaders): number {
    const { resource = toll.resource, remaining, resetInMs, retryInMs } = readRateHeaders(headers);
    strikes += 1;
    if (retryInMs === undefined && remaining === 0 && resetInMs !== undefined) {
      closedUntil[resource] = now() + resetInMs;
      return resetInMs;
    }
    // "Wait at least one minute", longer when it goes on.
    const pause = retryInMs ?? MINUTE * 2 ** Math.min(3, Math.max(0, strikes - 2));
    closedUntil.all = Math.max(closedUntil.all, now() + pause);
    return pause;
  }

  return {
    heed,
    slowDown,
    async pass(toll, send) {
      await admit(toll);
      underWay += 1;
      try {
        const answer = await send();
        strikes = 0;
        heed(toll, answer.headers);
        return answer;
      } finally {
        underWay -= 1;
      }
    },
  };
}
