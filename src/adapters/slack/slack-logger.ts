import { format } from 'node:util';
import { LogLevel, type Logger as SlackLogger } from '@slack/web-api';
import type { Logger } from '../../log.ts';

/**
 * Slack's libraries log through ours. Their debug lines hold whole requests and answers, so they are dropped; what
 * they call an error is a warning here, since the caller gets the error itself and judges it.
 */
export function slackLogger(log: Logger): SlackLogger {
  const child = log.child({ from: 'slack' });
  return {
    debug: () => undefined,
    info: (...parts: unknown[]) => child.debug(format(...parts)),
    warn: (...parts: unknown[]) => child.warn(format(...parts)),
    error: (...parts: unknown[]) => child.warn(format(...parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
