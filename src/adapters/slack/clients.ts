import { WebClient } from '@slack/web-api';
import type { Logger } from '../../log.ts';
import { slackLogger } from './slack-logger.ts';

const PATIENT_TIMEOUT_MS = 10_000;
/** A trigger lives 3 s (https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses). */
const QUICK_TIMEOUT_MS = 2_500;

export interface SlackClients {
  /** For jobs: a call is made once; the queue decides when it is made again. */
  readonly patient: WebClient;
  /** For doors, while a person waits. */
  readonly quick: WebClient;
}

/** Clients of Slack's Web API. Neither repeats a call by itself, nor waits out a rate limit. */
export function createSlackClients(options: { botToken: string; apiUrl: string; log: Logger }): SlackClients {
  const client = (timeout: number) =>
    new WebClient(options.botToken, webClientOptions(options.apiUrl, timeout, options.log));
  return { patient: client(PATIENT_TIMEOUT_MS), quick: client(QUICK_TIMEOUT_MS) };
}

export function webClientOptions(apiUrl: string, timeout: number, log: Logger) {
  return {
    slackApiUrl: apiUrl,
    timeout,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: slackLogger(log),
  };
}

export { QUICK_TIMEOUT_MS };
