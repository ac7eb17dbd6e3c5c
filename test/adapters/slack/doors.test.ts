import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { App } from '@slack/bolt';
import { createSlackApp, type SlackApp } from '../../../src/adapters/slack/app.ts';
import { createSlackClients } from '../../../src/adapters/slack/clients.ts';
import { createIdentity } from '../../../src/adapters/slack/identity.ts';
import type { Config } from '../../../src/config.ts';
import { noMetrics } from '../../../src/metrics.ts';
import { createHttpServer } from '../../../src/server.ts';
import { keptLog } from '../../support/quiet-log.ts';
import { type SlackWorld, startSlackWorld } from '../../support/slack-world.ts';
import { until } from '../../support/until.ts';

const asked = (command: string) => ({ as: 'U0TENANT01', channel: 'C0REQUESTS', command, text: 'help' });
const SECRET = 'sample-signing-secret';

function answerCommands(app: App): void {
  app.command('/trunkline', async ({ ack, command }) =>
    ack({ response_type: 'ephemeral', text: `got ${command.text}` }),
  );
  app.command('/onboard-tenant', async () => {
    throw new Error('no queue');
  });
}

async function appFor(world: SlackWorld, door: Config['slack']['door'], hasProxy = false) {
  const kept = keptLog();
  const slack = { botToken: world.slack.tokens.bot, apiUrl: world.apiUrl, door };
  const { quick } = createSlackClients({ ...slack, log: kept.log });
  const app = await createSlackApp(slack, createIdentity(quick), kept.log, hasProxy);
  answerCommands(app.app);
  return { app, ...kept };
}

describe('Socket Mode', () => {
  let world: SlackWorld;
  let app: SlackApp;
  let lines: readonly string[];
  const refused: string[] = [];
  beforeEach(async () => {
    world = await startSlackWorld();
    ({ app, lines } = await appFor(world, { kind: 'socket', appToken: world.slack.tokens.app }));
    app.start((code) => refused.push(code));
    await until(() => app.isConnected);
  });
  afterEach(async () => {
    await app.stop();
    await world.close();
  });

  const command = (name = '/trunkline') => world.slack.client.command(asked(name));
  const connections = () => lines.filter((line) => line.includes('connected to Slack')).length;

  it('answers a command', async () => {
    expect(await command()).toMatchObject({ outcome: 'ok', message: expect.stringContaining('got help') });
  });

  it('connects again at once when the socket is cut', async () => {
    world.slack.cutSockets();
    await until(() => connections() === 2, 3_000);
    expect(await command()).toMatchObject({ outcome: 'ok' });
  });

  it('connects again when Slack asks for it', async () => {
    world.slack.refreshSockets();
    await until(() => connections() === 2, 5_000);
    expect(await command()).toMatchObject({ outcome: 'ok' });
  });

  it('connects again after Slack could not be reached for a while', async () => {
    const effect = { kind: 'error', status: 500 } as const;
    world.faults.add({ service: 'slack', on: 'call', match: 'apps.connections.open', effect, times: 4 });
    world.slack.cutSockets();
    await until(() => connections() === 2, 10_000);
    expect(await command()).toMatchObject({ outcome: 'ok' });
  }, 20_000);

  it('waits as long as Slack asks before it connects again', async () => {
    const opens = () => world.faults.calls().filter(({ name }) => name === 'apps.connections.open').length;
    const before = opens();
    const effect = { kind: 'error', status: 429, retryAfter: 2 } as const;
    world.faults.add({ service: 'slack', on: 'call', match: 'apps.connections.open', effect });
    world.slack.cutSockets();
    await until(() => connections() === 2, 10_000);
    expect(opens() - before).toBe(2);
    const [asked429, next] = world.faults
      .calls()
      .filter(({ name }) => name === 'apps.connections.open')
      .slice(-2);
    expect((next?.at ?? 0) - (asked429?.at ?? 0)).toBeGreaterThanOrEqual(1_990);
  }, 20_000);

  it('lets Slack tell the person when a handler fails', async () => {
    expect((await command('/onboard-tenant')).outcome).not.toBe('ok');
    expect(lines.join('')).toContain('a handler of Slack failed');
  });

  it('logs no token', () => {
    expect(lines.join('')).not.toContain(world.slack.tokens.app);
    expect(lines.join('')).not.toContain(world.slack.tokens.bot);
  });
});

describe('Socket Mode with a wrong token', () => {
  it('is told at once', async () => {
    const world = await startSlackWorld();
    const { app } = await appFor(world, { kind: 'socket', appToken: 'xapp-wrong' });
    const code = await new Promise<string>((resolve) => app.start(resolve));
    await app.stop();
    await world.close();
    expect(code).toBe('invalid_auth');
  });
});

describe('HTTP mode', () => {
  it('answers a command, with the newer and with the older signing secret', async () => {
    for (const secrets of [
      ['newer-secret', SECRET],
      [SECRET, 'older-secret'],
    ]) {
      const { log } = keptLog();
      const server = createHttpServer({ log, metrics: noMetrics, soon: () => ['/slack/events'] });
      const port = await server.listen('127.0.0.1', 0);
      const eventsUrl = `http://127.0.0.1:${port}/slack/events`;
      const world = await startSlackWorld({ mode: { kind: 'http', eventsUrl, signingSecret: SECRET } });
      const { app } = await appFor(world, { kind: 'http', signingSecrets: secrets });
      if (app.door !== undefined) server.open(app.door);
      const outcome = await world.slack.client.command(asked('/trunkline'));
      const failing = await world.slack.client.command(asked('/onboard-tenant'));
      await world.close();
      await server.close(1_000);
      expect(outcome).toMatchObject({ outcome: 'ok', message: expect.stringContaining('got help') });
      expect(failing.outcome).not.toBe('ok');
    }
  });
});

describe('Socket Mode behind a proxy', () => {
  it('goes through it', async () => {
    const world = await startSlackWorld();
    const tunnels: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket) => {
      tunnels.push(request.url ?? '');
      const target = new URL(`http://${request.url}`);
      const through = connect(Number(target.port), target.hostname, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        through.pipe(socket).pipe(through);
      });
      socket.on('error', () => through.destroy());
      through.on('error', () => socket.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    process.env['HTTP_PROXY'] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const { app } = await appFor(world, { kind: 'socket', appToken: world.slack.tokens.app }, true);
    delete process.env['HTTP_PROXY'];
    app.start(() => undefined);
    await until(() => app.isConnected);
    const outcome = await world.slack.client.command(asked('/trunkline'));
    await app.stop();
    await world.close();
    proxy.closeAllConnections();
    proxy.close();
    expect(tunnels).toContain(new URL(world.apiUrl).host);
    expect(outcome).toMatchObject({ outcome: 'ok' });
  });
});
