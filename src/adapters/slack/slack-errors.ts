import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { AmbiguousWriteError, PermanentError, RetryableError } from '../../errors.ts';

/** Slack's own trouble, by https://docs.slack.dev/reference/methods/chat.postMessage#errors. */
const troubles = new Set([
  'internal_error',
  'fatal_error',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
]);
const limits = new Set(['ratelimited', 'rate_limited', 'accesslimited']);
/** Somebody has to put the installation right; until then jobs wait. */
const refusals = new Set([
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'missing_scope',
]);

/** Slack's codes that people can do something about, in our words. */
const codes: Readonly<Record<string, string>> = {
  channel_not_found: 'channel-unknown',
  not_in_channel: 'not-in-channel',
  is_archived: 'channel-archived',
  restricted_action: 'channel-restricted',
  message_not_found: 'message-gone',
  thread_not_found: 'message-gone',
  user_not_found: 'person-unknown',
  users_not_found: 'person-unknown',
  user_disabled: 'person-unreachable',
  cannot_dm_bot: 'person-unreachable',
  user_not_visible: 'person-unreachable',
};

const LIMIT_WITHOUT_TIME_MS = 30_000;
const REFUSED_MS = 30_000;
/** The request never left this machine, so nothing can have been done. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/**
 * Calls Slack and puts its failures in our terms.
 *
 * @param effect `writes` when a second call would show twice; then an unclear end is an `AmbiguousWriteError`.
 */
export async function callSlack<T>(
  what: string,
  effect: 'reads' | 'writes',
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toOurError(what, effect, error);
  }
}

function toOurError(what: string, effect: 'reads' | 'writes', cause: unknown): Error {
  const message = `failed to ${what}`;
  const unclear = () =>
    effect === 'writes'
      ? new AmbiguousWriteError(message, { cause })
      : new RetryableError(message, { cause });
  if (cause instanceof WebAPIRateLimitedError) {
    return new RetryableError(message, { cause, retryInMs: cause.retryAfter * 1_000 });
  }
  if (cause instanceof WebAPIPlatformError) return fromCode(cause.data.error, message, cause, unclear);
  if (cause instanceof WebAPIRequestError) {
    return wasNeverSent(cause.original) ? new RetryableError(message, { cause }) : unclear();
  }
  if (cause instanceof WebAPIHTTPError && cause.statusCode < 500) {
    return new PermanentError(`slack-http-${cause.statusCode}`, message, { cause });
  }
  // The library has no class of its own for a 429 that does not say when to come back.
  if (cause instanceof Error && cause.message.startsWith('Retry header')) {
    return new RetryableError(message, { cause, retryInMs: LIMIT_WITHOUT_TIME_MS });
  }
  return unclear();
}

function fromCode(code: string | undefined, message: string, cause: unknown, unclear: () => Error): Error {
  // A proxy's page or an empty answer has no code.
  if (code === '' || code === undefined || troubles.has(code)) return unclear();
  if (limits.has(code)) return new RetryableError(message, { cause, retryInMs: LIMIT_WITHOUT_TIME_MS });
  if (refusals.has(code)) return new RetryableError(`${message}: ${code}`, { cause, retryInMs: REFUSED_MS });
  return new PermanentError(codes[code] ?? `slack-${code.replaceAll('_', '-')}`, `${message}: ${code}`, {
    cause,
  });
}

function wasNeverSent(error: unknown): boolean {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string' && neverSent.has(each.code)) return true;
  }
  return false;
}

/** Slack's error code in a failure of one of its methods, as the library reports it; undefined for any other. */
export function slackCode(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return cause instanceof WebAPIPlatformError ? cause.data.error : undefined;
}
