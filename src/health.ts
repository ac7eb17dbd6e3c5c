import { createHash, timingSafeEqual } from 'node:crypto';
import { type Door, json, text } from './door.ts';
import type { Metrics } from './metrics.ts';
import { within } from './within.ts';

const CHECK_TIMEOUT_MS = 2_000;
/** How long a yes is believed, and a no: a bot that has just come up should be seen at once. */
const YES_BELIEVED_MS = 5_000;
const NO_BELIEVED_MS = 100;

/** Asks one of the systems that the bot needs; throws when it does not answer as it should. */
export type HealthCheck = () => Promise<unknown>;

export interface HealthChecks {
  readonly redis: HealthCheck;
  readonly slack: HealthCheck;
  readonly github: HealthCheck;
}

/** What is told besides, and is no reason not to be ready: a word of a few, such as `pinned`. */
export type HealthDetail = () => Promise<string>;

/** `GET /healthz`: the process runs. It tells nothing else. */
export const healthz: Door = {
  method: 'GET',
  path: '/healthz',
  maxBytes: 0,
  handle: async () => text(200, 'ok'),
};

/**
 * `GET /readyz`: whether Redis, Slack and GitHub answer, as `{ ready, redis, slack, github }`, and `approvalRule`, how
 * the rule stands that keeps changes from merging unapproved. A yes is believed for 5 s, so that nobody can make the bot
 * call out by asking often.
 *
 * @param started false while the checks of the start are not through; then the bot is not ready whatever answers.
 */
export function readyz(
  checks: HealthChecks,
  started: () => boolean,
  approvalRule: HealthDetail,
  now: () => number = Date.now,
): Door {
  let last: { readonly until: number; readonly answers: Answers } | undefined;
  let asking: Promise<Answers> | undefined;
  return {
    method: 'GET',
    path: '/readyz',
    maxBytes: 0,
    async handle() {
      if (last === undefined || now() >= last.until) {
        asking ??= runAll(checks, approvalRule).finally(() => {
          asking = undefined;
        });
        const answers = await asking;
        last = { until: now() + (isYes(answers) ? YES_BELIEVED_MS : NO_BELIEVED_MS), answers };
      }
      const ready = started() && isYes(last.answers);
      return json(ready ? 200 : 503, { ready, ...last.answers });
    },
  };
}

type Answers = Readonly<Record<keyof HealthChecks, boolean>> & { readonly approvalRule: string };

function isYes({ redis, slack, github }: Answers): boolean {
  return redis && slack && github;
}

async function runAll(checks: HealthChecks, detail: HealthDetail): Promise<Answers> {
  const [redis, slack, github, approvalRule] = await Promise.all([
    answers(checks.redis),
    answers(checks.slack),
    answers(checks.github),
    within(CHECK_TIMEOUT_MS, detail()).catch(() => 'unknown'),
  ]);
  return { redis, slack, github, approvalRule };
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
