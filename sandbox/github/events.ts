import { createHmac, randomUUID } from 'node:crypto';
import type { Actor } from './actor.ts';
import { renderAccount, renderOrganizationSimple } from './render/accounts.ts';
import { renderRepository } from './render/repository.ts';
import type { HookDelivery } from './types.ts';
import { actorLogin, type GitHubWorld } from './world.ts';

/** GitHub waits this long (ms) for an answer. https://docs.github.com/webhooks/using-webhooks/best-practices-for-using-webhooks */
const answerWithinMs = 10_000;

/**
 * Sends a webhook to the App, signed, once, without waiting for it. `repository`, `sender`, `organization` and
 * `installation` are added to the payload. Nothing is sent when the App has no address or did not ask for the event.
 *
 * @param action undefined for events without one (push, create, delete, status).
 */
export function emit(
  world: GitHubWorld,
  name: string,
  action: string | undefined,
  actor: Actor,
  payload: Readonly<Record<string, unknown>>,
): void {
  const { app } = world.state;
  if (app.webhookUrl === undefined || !app.events.includes(name)) return;
  const body = JSON.stringify({
    ...(action === undefined ? {} : { action }),
    ...payload,
    repository: renderRepository(world),
    organization: renderOrganizationSimple(world),
    sender: renderAccount(world, actorLogin(world, actor)),
    installation: { id: app.installationId, node_id: world.state.nodeId('Installation', app.installationId) },
  });
  world.later(deliverUnderFaults(world, name, action ?? null, body));
}

/** Sends a recorded delivery again: same payload and same `X-GitHub-Delivery`, a delivery of its own. */
export function redeliver(world: GitHubWorld, delivery: HookDelivery): void {
  const { event, action, guid, request } = delivery;
  world.later(deliver(world, { event, action, guid, body: request.payload, redelivery: true }));
}

async function deliverUnderFaults(
  world: GitHubWorld,
  event: string,
  action: string | null,
  body: string,
): Promise<void> {
  const name = action === null ? event : `${event}.${action}`;
  const effect = world.options.faults.strikeDelivery('github', name);
  const once = { event, action, guid: randomUUID(), body, redelivery: false };
  if (effect?.kind === 'drop') return record(world, once, undefined, 0);
  if (effect?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, effect.ms).unref());
  const times = effect?.kind === 'repeat' ? effect.times : 1;
  await Promise.all(Array.from({ length: times }, () => deliver(world, once)));
}

interface Envelope {
  readonly event: string;
  readonly action: string | null;
  readonly guid: string;
  readonly body: string;
  readonly redelivery: boolean;
}

async function deliver(world: GitHubWorld, envelope: Envelope): Promise<void> {
  const url = world.state.app.webhookUrl;
  if (url === undefined) return;
  const started = performance.now();
  const signal = AbortSignal.timeout(answerWithinMs);
  const answer = await fetch(url, {
    method: 'POST',
    body: envelope.body,
    headers: headersOf(world, envelope),
    signal,
  })
    .then(async (response) => ({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      payload: await response.text(),
    }))
    .catch((error: unknown) => (isTimeout(error) ? 'timed out' : undefined));
  record(world, envelope, answer, (performance.now() - started) / 1000);
}

function headersOf(world: GitHubWorld, envelope: Envelope): Record<string, string> {
  const { webhookSecret, id } = world.options.app;
  const sign = (algorithm: string): string =>
    `${algorithm}=${createHmac(algorithm, webhookSecret).update(envelope.body).digest('hex')}`;
  return {
    'Content-Type': 'application/json',
    'User-Agent': 'GitHub-Hookshot/5a8a2d1',
    Accept: '*/*',
    'X-GitHub-Event': envelope.event,
    'X-GitHub-Delivery': envelope.guid,
    'X-GitHub-Hook-ID': String(id + 100_000),
    'X-GitHub-Hook-Installation-Target-ID': String(id),
    'X-GitHub-Hook-Installation-Target-Type': 'integration',
    'X-Hub-Signature': sign('sha1'),
    'X-Hub-Signature-256': sign('sha256'),
  };
}

type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string;
};

/** A delivery that never arrived stays on record as failed, so that `GET /app/hook/deliveries` finds it. */
function record(
  world: GitHubWorld,
  envelope: Envelope,
  answer: Answer | 'timed out' | undefined,
  seconds: number,
): void {
  const id = world.state.nextId();
  const failed =
    answer === 'timed out'
      ? { code: 504, text: 'timed out' }
      : { code: 502, text: 'failed to connect to host' };
  const got = typeof answer === 'object' ? answer : undefined;
  const fine = got !== undefined && got.status < 300;
  world.state.deliveries.set(id, {
    id,
    guid: envelope.guid,
    deliveredAt: new Date(world.now()).toISOString(),
    redelivery: envelope.redelivery,
    duration: Math.round(seconds * 100) / 100,
    status: fine ? 'OK' : got ? `Invalid HTTP Response: ${got.status}` : failed.text,
    statusCode: got?.status ?? failed.code,
    event: envelope.event,
    action: envelope.action,
    url: world.state.app.webhookUrl ?? '',
    request: { headers: headersOf(world, envelope), payload: envelope.body },
    response: { headers: got?.headers ?? {}, payload: got?.payload ?? '' },
  });
  const [oldest] = world.state.deliveries.keys();
  if (world.state.deliveries.size > 2_000 && oldest !== undefined) world.state.deliveries.delete(oldest);
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}
