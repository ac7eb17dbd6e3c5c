import WebSocket from 'ws';
import { freePort } from '../../../scripts/redis.mjs';
import { startHttpApp, startSocketApp, startWorld, until, type World } from './harness.ts';

const TESS = 'U0TENANT01';
const REQUESTS = 'C0REQUESTS';
const help = { as: TESS, channel: REQUESTS, command: '/trunkline', text: 'help' };

describe('deliveries over HTTP', () => {
  it('are signed, and their answers count', async () => {
    const port = await freePort();
    const secret = 'sample-secret-of-this-test';
    const eventsUrl = `http://127.0.0.1:${port}/slack/events`;
    const world = await startWorld({ mode: { kind: 'http', eventsUrl, signingSecret: secret } });
    const app = await startHttpApp(() => world, port, secret);
    try {
      app.command('/trunkline', async ({ ack, respond }) => {
        await ack({ response_type: 'in_channel', text: 'to all' });
        await respond('to one');
      });
      app.event('app_mention', async ({ event, client }) => {
        await client.chat.postMessage({ channel: event.channel, text: 'heard' });
      });
      expect(await world.slack.client.command(help)).toMatchObject({ outcome: 'ok', message: 'to all' });
      await world.slack.client.message({ as: TESS, channel: REQUESTS, text: '@trunkline' });
      const texts = () => world.slack.client.messages(TESS, REQUESTS).map((message) => message.text);
      await until(() => texts().length === 4);
      expect(texts().sort()).toEqual(['<@U0TRUNKLIN>', 'heard', 'to all', 'to one']);
      expect(world.slack.client.messages('U0PLATFM01', REQUESTS)).toHaveLength(3);
      expect((await world.call('apps.connections.open', {}, world.slack.tokens.app)).body['error']).toBe(
        'socket_mode_not_enabled',
      );
    } finally {
      await app.stop();
      await world.close();
    }
  });

  it('with a wrong signature reach nobody, and the person sees it', async () => {
    const port = await freePort();
    const mode = {
      kind: 'http' as const,
      eventsUrl: `http://127.0.0.1:${port}/slack/events`,
      signingSecret: 'one',
    };
    const world = await startWorld({ mode });
    const app = await startHttpApp(() => world, port, 'another');
    try {
      expect(await world.slack.client.command(help)).toEqual({
        outcome: 'error',
        source: 'app',
        message: '/trunkline failed with the error "http_service_error"',
      });
    } finally {
      await app.stop();
      await world.close();
    }
  });
});

describe('deliveries that go wrong', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ limits: { ackMs: 300, eventRetryMs: [0, 20, 40] } });
  });
  afterEach(() => world.close());

  it('show an error when no app is there, when it says nothing, and when the delivery is lost', async () => {
    expect(await world.slack.client.command(help)).toMatchObject({
      outcome: 'error',
      message: expect.stringContaining('dispatch_failed'),
    });
    const app = await startSocketApp(world);
    let acks = 0;
    app.command('/trunkline', async ({ ack, command }) => {
      acks += 1;
      if (command.text !== 'silent') await ack();
    });
    expect(await world.slack.client.command({ ...help, text: 'silent' })).toEqual({
      outcome: 'timeout',
      message: '/trunkline failed with the error "operation_timeout"',
    });
    world.faults.add({ service: 'slack', on: 'delivery', match: 'slash_commands', effect: { kind: 'drop' } });
    expect(await world.slack.client.command(help)).toMatchObject({ outcome: 'timeout' });
    expect(acks).toBe(1);
    world.faults.add({ service: 'slack', on: 'delivery', effect: { kind: 'repeat', times: 4 } });
    expect(await world.slack.client.command(help)).toEqual({ outcome: 'ok' });
    await until(() => acks === 5);
    expect(await world.slack.client.command({ ...help, command: '/unknown' })).toMatchObject({
      outcome: 'error',
      source: 'client',
    });
    await app.stop();
  });

  it('of events are tried three more times', async () => {
    const { body } = await world.call('apps.connections.open', {}, world.slack.tokens.app);
    const socket = new WebSocket(String(body['url']));
    const got: { attempt: number; reason: string; id: string }[] = [];
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.type !== 'events_api') return;
      got.push({
        attempt: message.retry_attempt,
        reason: message.retry_reason,
        id: message.payload.event_id,
      });
      if (got.length === 4) socket.send(JSON.stringify({ envelope_id: message.envelope_id }));
    });
    await until(() => world.slack.socketCount() === 1);
    await world.slack.client.message({ as: TESS, channel: REQUESTS, text: '@trunkline' });
    await until(() => got.length === 4);
    expect(got.map(({ attempt, reason }) => `${attempt} ${reason}`)).toEqual([
      '0 ',
      '1 http_timeout',
      '2 http_timeout',
      '3 http_timeout',
    ]);
    expect(new Set(got.map(({ id }) => id)).size).toBe(1);
    socket.terminate();
  });

  it('find a new socket after all were cut', async () => {
    const app = await startSocketApp(world);
    app.command('/trunkline', async ({ ack }) => ack());
    world.slack.refreshSockets();
    await until(() => world.slack.socketCount() === 0);
    await until(() => world.slack.socketCount() === 1, 12_000);
    expect(await world.slack.client.command(help)).toEqual({ outcome: 'ok' });
    await app.stop();
  });

  it('use at most ten sockets, each opened with a ticket that works once', async () => {
    const open = async () =>
      String((await world.call('apps.connections.open', {}, world.slack.tokens.app)).body['url']);
    const urls = await Promise.all(Array.from({ length: 10 }, open));
    const sockets = urls.map((url) => new WebSocket(url));
    await until(() => world.slack.socketCount() === 10);
    const again = new WebSocket(urls[0] ?? '');
    const refused = await new Promise<string>((resolve) =>
      again.on('error', (error) => resolve(error.message)),
    );
    expect(refused).toContain('401');
    expect((await world.call('apps.connections.open', {}, world.slack.tokens.app)).status).toBe(429);
    for (const socket of sockets) socket.terminate();
  });
});

describe('calls that go wrong', () => {
  it('are answered by the fault that strikes, though done, or not at all', async () => {
    const world = await startWorld();
    try {
      const post = () => world.call('chat.postMessage', { channel: REQUESTS, text: 'a' });
      const seen = () => world.slack.client.messages(TESS, REQUESTS).length;
      world.faults.add({
        service: 'slack',
        on: 'call',
        match: 'chat.postMessage',
        effect: { kind: 'error', status: 429, retryAfter: 7 },
      });
      const limited = await post();
      expect([limited.status, limited.headers.get('retry-after'), limited.body['error'], seen()]).toEqual([
        429,
        '7',
        'ratelimited',
        0,
      ]);
      world.faults.add({ service: 'slack', on: 'call', effect: { kind: 'error-after-doing', status: 500 } });
      expect([(await post()).status, seen()]).toEqual([500, 1]);
      world.faults.add({
        service: 'slack',
        on: 'call',
        effect: { kind: 'error', status: 200, code: 'invalid_auth' },
      });
      expect([(await post()).body['error'], seen()]).toEqual(['invalid_auth', 1]);
      world.faults.add({ service: 'slack', on: 'call', effect: { kind: 'timeout-after-doing' } });
      const silent = await Promise.race([
        post().then(() => 'answered'),
        new Promise((resolve) => setTimeout(resolve, 200, 'silence')),
      ]);
      expect([silent, seen()]).toEqual(['silence', 2]);
      expect(world.faults.calls().map((call) => call.name)).toEqual(Array(4).fill('chat.postMessage'));
    } finally {
      await world.close();
    }
  });
});

describe('response URLs', () => {
  it('work five times within half an hour', async () => {
    let now = Date.now();
    const world = await startWorld({ now: () => now });
    try {
      const urls: string[] = [];
      const app = await startSocketApp(world);
      app.command('/trunkline', async ({ ack, command }) => {
        urls.push(command.response_url);
        await ack();
      });
      await world.slack.client.command(help);
      await world.slack.client.command(help);
      const answer = async (url: string | undefined, body: object) => {
        const response = await fetch(url ?? '', { method: 'POST', body: JSON.stringify(body) });
        return `${response.status} ${await response.text()}`;
      };
      expect(await answer(urls[0], { blocks: [{ type: 'banner' }] })).toContain('invalid_blocks');
      for (let use = 0; use < 5; use += 1) expect(await answer(urls[0], { text: 'a' })).toBe('200 ok');
      expect(await answer(urls[0], { text: 'a' })).toBe('404 used_url');
      now += 30 * 60_000 + 1;
      expect(await answer(urls[1], { text: 'a' })).toBe('404 expired_url');
      await app.stop();
    } finally {
      await world.close();
    }
  });
});
