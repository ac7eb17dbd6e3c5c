import { verifyWithFallback } from '@octokit/webhooks-methods';
import type { Log } from '../../jobs/ports.ts';
import { type Answer, type Door, type DoorRequest, text } from '../door.ts';
import { within } from '../within.ts';

/** GitHub's own limit, https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap. */
const MAX_BYTES = 25 * 1024 * 1024;
/** GitHub gives up after 10 s and does not deliver again by itself. */
const HANDLERS_MS = 8_000;

export interface WebhookEvent {
  readonly id: string;
  readonly name: string;
  readonly payload: object;
}

/**
 * `POST /api/github/webhooks`. Probot's own middleware answers 202 after 9 s whether or not a handler is done; here
 * GitHub gets 2xx only after every handler has resolved, so a delivery that was lost shows as failed and can be
 * delivered again.
 *
 * @param secrets any of them may have signed the raw body.
 * @param receive resolves when all handlers are done.
 */
export function webhookDoor(
  secrets: readonly string[],
  receive: (event: WebhookEvent) => Promise<void>,
  log: Log,
): Door {
  return {
    name: 'github',
    method: 'POST',
    path: '/api/github/webhooks',
    maxBytes: MAX_BYTES,
    async handle(request) {
      const signature = header(request, 'x-hub-signature-256');
      if (signature === undefined) return text(401, 'not signed');
      const body = request.body.toString('utf8');
      if (!(await isSigned(secrets, body, signature))) return text(401, 'wrong signature');
      const event = readEvent(request, body);
      return event === undefined ? text(400, 'not an event') : deliver(event, receive, log);
    },
  };
}

async function isSigned(secrets: readonly string[], body: string, signature: string): Promise<boolean> {
  const [current, ...older] = secrets;
  if (current === undefined || body === '') return false;
  return verifyWithFallback(current, body, signature, [...older]);
}

function readEvent(request: DoorRequest, body: string): WebhookEvent | undefined {
  const id = header(request, 'x-github-delivery');
  const name = header(request, 'x-github-event');
  if (id === undefined || name === undefined) return undefined;
  try {
    const payload: unknown = JSON.parse(body);
    return typeof payload === 'object' && payload !== null ? { id, name, payload } : undefined;
  } catch {
    return undefined;
  }
}

async function deliver(
  event: WebhookEvent,
  receive: (event: WebhookEvent) => Promise<void>,
  log: Log,
): Promise<Answer> {
  try {
    await within(HANDLERS_MS, receive(event));
    return text(200, 'ok');
  } catch (error) {
    log.error({ err: error, delivery: event.id, event: event.name }, 'failed to take a webhook');
    return text(error instanceof DOMException && error.name === 'TimeoutError' ? 503 : 500, 'failed');
  }
}

function header(request: DoorRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
