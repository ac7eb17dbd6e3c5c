import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { Faults } from '../../../sandbox/faults.ts';
import type { Limits, SlackOptions } from '../../../sandbox/slack/options.ts';
import { createSlack, type Slack } from '../../../sandbox/slack/slack.ts';

export const SCOPES = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'im:history',
  'im:read',
  'im:write',
  'usergroups:read',
  'users:read',
  'users:read.email',
  'users.profile:read',
];

/** What a call answers; which fields is the test's business. */
export type Body = Record<string, unknown>;

export interface World {
  readonly slack: Slack;
  readonly faults: Faults;
  readonly url: string;
  readonly web: WebClient;
  /** Calls a method as it is, without the client's retries. */
  readonly call: (
    method: string,
    args?: object,
    token?: string,
  ) => Promise<{ status: number; headers: Headers; body: Body }>;
  readonly close: () => Promise<void>;
}

export interface WorldOptions extends Partial<Omit<SlackOptions, 'limits'>> {
  readonly limits?: Partial<Limits>;
}

/** A Slack on a free port. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const faults = new Faults();
  let slack: Slack | undefined;
  const server = createServer((request, response) => {
    request.url = (request.url ?? '').replace(/^\/slack/, '');
    void slack?.handle(request, response);
  });
  server.on('upgrade', (request, socket, head) => {
    request.url = (request.url ?? '').replace(/^\/slack/, '');
    slack?.upgrade?.(request, socket, head);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack`;
  slack = await createSlack({
    faults,
    publicUrl: () => url,
    mode: { kind: 'socket' },
    commands: ['/onboard-tenant', '/trunkline'],
    scopes: SCOPES,
    ...options,
    limits: { postBurst: 50, ...options.limits },
  });
  const { tokens } = slack;
  const web = new WebClient(tokens.bot, {
    slackApiUrl: `${url}/api/`,
    logLevel: LogLevel.ERROR,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  return {
    slack,
    faults,
    url,
    web,
    call: async (method, args = {}, token = tokens.bot) => {
      const response = await fetch(`${url}/api/${method}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        body: JSON.stringify(args),
      });
      return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
    },
    close: async () => {
      await slack.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A real Bolt app, connected by Socket Mode. */
export async function startSocketApp(world: World): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: world.slack.tokens.app,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: `${world.url}/api/` } },
  });
  const app = new App({
    token: world.slack.tokens.bot,
    receiver,
    clientOptions: { slackApiUrl: `${world.url}/api/` },
    logLevel: LogLevel.ERROR,
  });
  await app.start();
  return app;
}

/** A real Bolt app that listens for HTTP; `url` is where. */
export async function startHttpApp(world: () => World, port: number, signingSecret: string): Promise<App> {
  const receiver = new HTTPReceiver({ signingSecret, port, logLevel: LogLevel.ERROR });
  const app = new App({
    token: world().slack.tokens.bot,
    receiver,
    clientOptions: { slackApiUrl: `${world().url}/api/` },
    logLevel: LogLevel.ERROR,
  });
  await app.start();
  return app;
}

/** Waits until something holds, 5 s at most. */
export async function until<T>(look: () => T | undefined | false, ms = 5000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const found = look();
    if (found) return found;
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
