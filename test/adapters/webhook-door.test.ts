import { createHmac, generateKeyPairSync } from 'node:crypto';
import { createGitHubApp } from '../../src/adapters/github-app.ts';
import { type WebhookEvent, webhookDoor } from '../../src/adapters/webhook-door.ts';
import type { RepoName } from '../../src/domain/ids.ts';
import { keptLog } from '../support/quiet-log.ts';

const SECRETS = ['newer-webhook-secret', 'older-webhook-secret'];
const push = JSON.stringify({ ref: 'refs/heads/main', repository: { full_name: 'o/r' } });

function signed(body: string, secret = SECRETS[0] ?? '', more: Record<string, string> = {}) {
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const headers = {
    'x-hub-signature-256': signature,
    'x-github-event': 'push',
    'x-github-delivery': 'd-1',
    'content-type': 'application/json',
    ...more,
  };
  return { headers, body: Buffer.from(body) };
}

function bench(receive: (event: WebhookEvent) => Promise<void> = async () => undefined) {
  const taken: WebhookEvent[] = [];
  const { log, lines } = keptLog();
  const door = webhookDoor(
    SECRETS,
    async (event) => {
      taken.push(event);
      await receive(event);
    },
    log,
  );
  return { handle: door.handle, taken, lines };
}

describe('a webhook', () => {
  it.each(SECRETS)('is taken when it is signed with the %s', async (secret) => {
    const { handle, taken } = bench();
    expect((await handle(signed(push, secret))).status).toBe(200);
    expect(taken).toEqual([{ id: 'd-1', name: 'push', payload: JSON.parse(push) }]);
  });

  it.each([
    ['another secret', signed(push, 'guessed')],
    ['no signature', { headers: { 'x-github-event': 'push' }, body: Buffer.from(push) }],
    ['a changed body', { ...signed(push), body: Buffer.from(push.replace('main', 'evil')) }],
    ['an older kind of signature', signed(push, SECRETS[0], { 'x-hub-signature-256': 'sha1=abc' })],
    ['an empty body', { ...signed(''), body: Buffer.alloc(0) }],
  ])('is refused with %s', async (_what, request) => {
    const { handle, taken } = bench();
    expect((await handle(request)).status).toBe(401);
    expect(taken).toEqual([]);
  });

  it.each(['not json', '[', '"text"', 'null'])('is refused when it holds %s', async (body) => {
    expect((await bench().handle(signed(body))).status).toBe(400);
  });

  it('is not taken before its handlers are done', async () => {
    let done = false;
    const { handle } = bench(async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      done = true;
    });
    expect((await handle(signed(push))).status).toBe(200);
    expect(done).toBe(true);
  });

  it('fails when a handler fails, so that it can be delivered again', async () => {
    const { handle, lines } = bench(() => Promise.reject(new Error('Redis is away')));
    expect((await handle(signed(push))).status).toBe(500);
    expect(lines.join('')).toContain('Redis is away');
  });

  it('fails when its handlers take longer than GitHub waits', async () => {
    const { handle } = bench(() => new Promise(() => undefined));
    expect((await handle(signed(push))).status).toBe(503);
  }, 12_000);
});

describe('Probot', () => {
  it('gives an event to the handlers and waits for them, failures included', async () => {
    const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString();
    const { log } = keptLog();
    const app = await createGitHubApp(
      {
        appId: 1001,
        privateKey,
        webhookSecrets: SECRETS,
        apiUrl: 'http://127.0.0.1:9',
        repos: ['o/r' as RepoName],
      },
      log,
    );
    const seen: string[] = [];
    app.probot.on('push', async ({ payload }) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      seen.push(payload.ref);
      if (payload.ref === 'refs/heads/bad') throw new Error('no queue');
    });
    await app.receive({ id: '1', name: 'push', payload: JSON.parse(push) });
    expect(seen).toEqual(['refs/heads/main']);
    const bad = { ...JSON.parse(push), ref: 'refs/heads/bad' };
    await expect(app.receive({ id: '2', name: 'push', payload: bad })).rejects.toThrow(/no queue/);
    await app.receive({ id: '3', name: 'some_new_event', payload: {} });
  });
});
