import type { App as BoltApp } from '@slack/bolt';
import type { Config } from '../../config.ts';
import type { Door } from '../../door.ts';
import type { Logger } from '../../log.ts';
import { App, SocketModeReceiver } from './bolt.ts';
import { QUICK_TIMEOUT_MS, webClientOptions } from './clients.ts';
import { createHttpReceiver } from './http-receiver.ts';
import type { IdentitySource } from './identity.ts';
import { slackLogger } from './slack-logger.ts';
import { keepConnected } from './socket.ts';

export interface SlackApp {
  readonly app: BoltApp;
  /** The route for our server; undefined in Socket Mode. */
  readonly door: Door | undefined;
  /** Begins to take events; only Socket Mode has anything to begin. */
  start(onRefused: (code: string) => void): void;
  /** False while Socket Mode has no connection. */
  readonly isConnected: boolean;
  /** Takes no further events. */
  stop(): Promise<void>;
}

/**
 * Bolt's App for either way by which Slack delivers.
 *
 * @param hasProxy whether the environment names a proxy, which WebSockets do not heed by themselves.
 */
export async function createSlackApp(
  slack: Config['slack'],
  identity: IdentitySource,
  log: Logger,
  hasProxy = false,
): Promise<SlackApp> {
  return slack.door.kind === 'socket'
    ? createSocketApp(slack, slack.door.appToken, identity, log, hasProxy ? await throughProxy() : {})
    : createHttpApp(slack, slack.door.signingSecrets, identity, log);
}

function createHttpApp(
  slack: Config['slack'],
  secrets: readonly string[],
  identity: IdentitySource,
  log: Logger,
): SlackApp {
  const receiver = createHttpReceiver(secrets, log);
  const app = new App({ receiver, ...common(slack, identity, log) });
  failLoudly(app, log);
  return { app, door: receiver.door, start: () => undefined, isConnected: true, stop: async () => undefined };
}

function createSocketApp(
  slack: Config['slack'],
  appToken: string,
  identity: IdentitySource,
  log: Logger,
  way: Awaited<ReturnType<typeof throughProxy>> | Record<string, never>,
): SlackApp {
  const receiver = new SocketModeReceiver({
    appToken,
    ...way,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: webClientOptions(slack.apiUrl, 5_000, log) },
    logger: slackLogger(log),
  });
  const app = new App({ receiver, ...common(slack, identity, log) });
  failLoudly(app, log);
  let keeper: ReturnType<typeof keepConnected> | undefined;
  return {
    app,
    door: undefined,
    start: (onRefused) => {
      keeper ??= keepConnected(receiver.client, log, onRefused);
    },
    get isConnected() {
      return keeper?.isConnected ?? false;
    },
    stop: async () => keeper?.stop(),
  };
}

async function throughProxy() {
  const { EnvHttpProxyAgent } = await import('undici');
  return { dispatcher: new EnvHttpProxyAgent({ allowH2: false, proxyTunnel: true }) };
}

function common(slack: Config['slack'], identity: IdentitySource, log: Logger) {
  return {
    // Our own, so that neither the start nor an event waits for Slack to say who we are.
    authorize: async () => {
      const us = identity.known;
      return {
        botToken: slack.botToken,
        ...(us === undefined ? {} : { botId: us.botId, botUserId: us.userId }),
      };
    },
    clientOptions: webClientOptions(slack.apiUrl, QUICK_TIMEOUT_MS, log),
    logger: slackLogger(log),
    convoStore: false as const,
  };
}

/** A handler that fails leaves its event unacknowledged, so that Slack tells the person. */
function failLoudly(app: BoltApp, log: Logger): void {
  app.error(async (error) => {
    log.error({ err: error }, 'a handler of Slack failed');
    throw error;
  });
}
