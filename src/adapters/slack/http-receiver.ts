import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Log } from '../../../jobs/ports.ts';
import { type Answer, type Door, type DoorRequest, json, text } from '../../door.ts';
import { isSignedBySlack } from './request-signature.ts';

const MAX_BYTES = 1024 * 1024;
const WINDOW_MS = 5 * 60_000;
/** Slack waits 3 s; a late answer is of no use to it. */
const LATEST_MS = 2_900;

const challenge = z.object({ type: z.literal('url_verification'), challenge: z.string() });
const anyBody = z.record(z.string(), z.unknown());
type Body = z.output<typeof anyBody>;

export interface HttpReceiver extends Receiver {
  /** `POST /slack/events` of our own server: events, commands and clicks alike. */
  readonly door: Door;
}

/**
 * Takes Slack's HTTP requests into Bolt. Bolt's own receiver knows one signing secret and one server of its own;
 * ours accepts two secrets, and answers a replay with what the first request was answered.
 */
export function createHttpReceiver(
  secrets: readonly string[],
  log: Log,
  now: () => number = Date.now,
): HttpReceiver {
  let app: App | undefined;
  const answered = new LRUCache<string, Promise<Answer>>({ max: 10_000, ttl: WINDOW_MS });

  async function handle(request: DoorRequest): Promise<Answer> {
    const signature = header(request, 'x-slack-signature');
    const timestamp = header(request, 'x-slack-request-timestamp');
    if (
      signature === undefined ||
      !isSignedBySlack({ signature, timestamp, body: request.body }, secrets, now())
    ) {
      return text(401, 'wrong signature');
    }
    const before = answered.get(signature);
    if (before !== undefined) return before;
    const answer = process(request);
    answered.set(signature, answer);
    const { status } = await answer;
    // Slack may send again what was not taken.
    if (status >= 500) answered.delete(signature);
    return answer;
  }

  async function process(request: DoorRequest): Promise<Answer> {
    const body = readSlackBody(request);
    if (body === undefined || app === undefined) return text(400, 'not a request of Slack');
    const asked = challenge.safeParse(body);
    if (asked.success) return json(200, { challenge: asked.data.challenge });
    if (body['ssl_check'] === '1') return text(200, '');
    return answerOf(app, body, request, log);
  }

  return {
    init: (bolt) => {
      app = bolt;
    },
    start: async () => undefined,
    stop: async () => undefined,
    door: { name: 'slack', method: 'POST', path: '/slack/events', maxBytes: MAX_BYTES, handle },
  };
}

/** What Bolt acknowledges, or a failure when its handlers end without an acknowledgement or too late. */
function answerOf(app: App, body: Body, request: DoorRequest, log: Log): Promise<Answer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(text(503, 'too late')), LATEST_MS);
    const end = (answer: Answer) => {
      clearTimeout(timer);
      resolve(answer);
    };
    const retryNum = Number(header(request, 'x-slack-retry-num') ?? Number.NaN);
    const event: ReceiverEvent = {
      body,
      ack: async (response: unknown) => end(toAnswer(response)),
      ...(Number.isInteger(retryNum) ? { retryNum } : {}),
    };
    app.processEvent(event).then(
      () => end(text(404, 'nobody takes this')),
      (error: unknown) => {
        log.error({ err: error }, 'failed to take what Slack sent');
        end(text(500, 'failed'));
      },
    );
  });
}

function toAnswer(response: unknown): Answer {
  if (response === undefined || response === null || response === '') return { status: 200 };
  return typeof response === 'string' ? text(200, response) : json(200, response);
}

/** Commands come as a form, clicks as a form with a JSON `payload`, events as JSON. */
function readSlackBody(request: DoorRequest): Body | undefined {
  const raw = request.body.toString('utf8');
  try {
    if (!header(request, 'content-type')?.startsWith('application/x-www-form-urlencoded')) {
      return anyBody.safeParse(JSON.parse(raw)).data;
    }
    const form = Object.fromEntries(new URLSearchParams(raw));
    return anyBody.safeParse(form['payload'] === undefined ? form : JSON.parse(form['payload'])).data;
  } catch {
    return undefined;
  }
}

function header(request: DoorRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
