import type { SocketModeClient } from '@slack/socket-mode';
import type { Log } from '../../../jobs/ports.ts';
import { within } from '../../within.ts';
import { slackCode } from './slack-errors.ts';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;
const HELLO_MS = 15_000;

/** Answers of `apps.connections.open` that no second try changes, https://docs.slack.dev/reference/methods/apps.connections.open. */
const refusals = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
  'no_permission',
]);

export interface SocketKeeper {
  readonly isConnected: boolean;
  stop(): Promise<void>;
}

/**
 * Keeps one Socket Mode connection up. The library's own reconnecting waits 5 s after every cut and gives up for
 * good when Slack cannot be reached at that moment, so it is switched off: this reconnects at once, then after
 * doubling pauses of up to 5 s, for ever.
 *
 * @param onRefused told when Slack refuses the app-level token, with Slack's code.
 */
export function keepConnected(
  client: SocketModeClient,
  log: Log,
  onRefused: (code: string) => void,
): SocketKeeper {
  let isConnected = false;
  let isStopped = false;
  let wake: (() => void) | undefined;
  let failures = 0;
  /** Slack allows 10 connections a minute and says how long to wait beyond that. */
  let askedToWaitMs = 0;

  client.on('connected', () => {
    isConnected = true;
    failures = 0;
    log.info({}, 'connected to Slack');
  });
  for (const event of ['disconnected', 'close', 'disconnecting']) {
    client.on(event, () => {
      isConnected = false;
      wake?.();
    });
  }

  async function connect(): Promise<void> {
    try {
      await within(HELLO_MS, client.start());
    } catch (error) {
      isConnected = false;
      const code = slackCode(error);
      if (code !== undefined && refusals.has(code)) onRefused(code);
      if (failures === 0) log.warn({ err: error }, 'failed to connect to Slack; trying again');
      failures += 1;
      askedToWaitMs = retryAfterMs(error);
    }
  }

  async function run(): Promise<void> {
    while (!isStopped) {
      await connect();
      if (isConnected && !isStopped) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
      if (!isStopped) await pause(Math.max(retryDelay(failures), askedToWaitMs));
      askedToWaitMs = 0;
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, ms);
    });
  }

  void run();
  return {
    get isConnected() {
      return isConnected;
    },
    async stop() {
      isStopped = true;
      wake?.();
      await within(2_000, client.disconnect()).catch(() => undefined);
    },
  };
}

function retryAfterMs(error: unknown): number {
  const isTold = error instanceof Error && 'retryAfter' in error && typeof error.retryAfter === 'number';
  return isTold ? Number(error.retryAfter) * 1_000 : 0;
}

function retryDelay(failures: number): number {
  return failures === 0 ? 0 : Math.min(FIRST_RETRY_MS * 2 ** Math.min(failures, 10), LONGEST_RETRY_MS);
}
