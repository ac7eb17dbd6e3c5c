import { createHash, timingSafeEqual } from 'node:crypto';
import { within } from './adapters/within.ts';
import { type Door, json, text } from './door.ts';
import type { Metrics } from './metrics.ts';

const CHECK_TIMEOUT_MS = 2_000;
const BELIEVED_MS = 5_000;

/** Asks one of the systems that the bot needs; throws when it does not answer as it should. */
export type HealthCheck = () => Promise<unknown>;

export interface HealthChecks {
  readonly redis: HealthCheck;
  readonly slack: HealthCheck;
  readonly github: HealthCheck;
}

/** `GET /healthz`: the process runs. It tells nothing else. */
export const healthz: Door = {
  method: 'GET',
  path: '/healthz',
  maxBytes: 0,
  handle: async () => text(200, 'ok'),
};

/**
 * `GET /readyz`: whether Redis, Slack and GitHub answer, as `{ ready, redis, slack, github }`. An answer is believed
 * for 5 s, so that nobody can make the bot call out by asking often.
 *
 * @param started false while the checks of the start are not through; then the bot is not ready whatever answers.
 */
export function readyz(checks: HealthChecks, started: () => boolean, now: () => number = Date.now): Door {
  let last:
    | { readonly at: number; readonly result: Promise<Record<keyof HealthChecks, boolean>> }
    | undefined;
  return {
    method: 'GET',
    path: '/readyz',
    maxBytes: 0,
    async handle() {
      if (last === undefined || now() - last.at >= BELIEVED_MS) last = { at: now(), result: runAll(checks) };
      const answers = await last.result;
      const ready = started() && answers.redis && answers.slack && answers.github;
      return json(ready ? 200 : 503, { ready, ...answers });
    },
  };
}

async function runAll(checks: HealthChecks): Promise<Record<keyof HealthChecks, boolean>> {
  const [redis, slack, github] = await Promise.all([
    answers(checks.redis),
    answers(checks.slack),
    answers(checks.github),
  ]);
  return { redis, slack, github };
}

async function answers(check: HealthCheck): Promise<boolean> {
  try {
    await within(CHECK_TIMEOUT_MS, check());
    return true;
  } catch {
    return false;
  }
}

/** `GET /metrics`, for whoever knows the token; hidden when none is configured. */
export function metricsDoor(metrics: Metrics, token: string | undefined): Door {
  return {
    method: 'GET',
    path: '/metrics',
    maxBytes: 0,
    async handle({ headers }) {
      if (token === undefined) return text(404, 'not found');
      if (!sameText(headers.authorization ?? '', `Bearer ${token}`)) return text(401, 'unauthorized');
      const { contentType, text: body } = await metrics.scrape();
      return { status: 200, contentType, body };
    },
  };
}

/** Compares in a time that tells nothing of where two texts differ. */
function sameText(a: string, b: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(a), digest(b));
}
