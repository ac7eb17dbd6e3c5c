import { z } from 'zod';
import { AmbiguousWriteError, PermanentError, RetryableError } from '../../errors.ts';
import type { RawHeaders } from './octokit-like.ts';

/** What a thrown error tells about a request, as far as Octokit and fetch say it. */
export interface GitHubFailure {
  /** The answer's status; undefined when no answer came. */
  readonly status: number | undefined;
  readonly headers: RawHeaders;
  /** What the answer held, unparsed. */
  readonly data: unknown;
  readonly message: string;
  /** Whether the request certainly never reached GitHub. */
  readonly unsent: boolean;
}

const shape = z.object({
  message: z.string().catch(''),
  response: z
    .object({
      status: z.number(),
      data: z.unknown().optional(),
      headers: z.record(z.string(), z.union([z.string(), z.number()]).optional().catch(undefined)).catch({}),
    })
    .optional()
    .catch(undefined),
  request: z.object({ url: z.string() }).optional().catch(undefined),
});

/** Codes of failures before a connection stood: nothing was sent. */
const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export function readFailure(error: unknown): GitHubFailure {
  const read = shape.safeParse(error);
  const { message, response, request } = read.success
    ? read.data
    : { message: String(error), response: undefined, request: undefined };
  // Octokit first fetches a token; when that fails the request itself was not sent.
  const forToken = request?.url.endsWith('/access_tokens') ?? false;
  return {
    status: response?.status,
    headers: response?.headers ?? {},
    data: response?.data,
    message: clip(message),
    unsent: forToken || causeCodes(error).some((code) => UNSENT.has(code)),
  };
}

function causeCodes(error: unknown): readonly string[] {
  const codes: string[] = [];
  let each: unknown = error;
  for (let depth = 0; depth < 5 && typeof each === 'object' && each !== null; depth += 1) {
    if ('code' in each) codes.push(String(each.code));
    each = 'cause' in each ? each.cause : undefined;
  }
  return codes;
}

function clip(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/**
 * Whether GitHub refuses because we are too fast. It answers 403 for that as well as for a missing permission:
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function isTooFast({ status, headers, message }: GitHubFailure): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  const usedUp = String(headers['x-ratelimit-remaining'] ?? '') === '0';
  return usedUp || headers['retry-after'] !== undefined || /rate limit|abuse detection/i.test(message);
}

/** The house's error for a failure that is no rate limit. */
export function explainFailure(what: string, write: boolean, failure: GitHubFailure, cause: unknown): Error {
  const { status, message } = failure;
  const text = `failed to ${what}: ${status === undefined ? 'no answer' : `GitHub answered ${status}`} (${message})`;
  if (status === 401) return new RetryableError(text, { cause, retryInMs: 5_000 });
  if (status === undefined || status >= 500 || status === 408) {
    return write && !failure.unsent
      ? new AmbiguousWriteError(text, { cause })
      : new RetryableError(text, { cause });
  }
  return new PermanentError(codeOf(status), text, { cause });
}

function codeOf(status: number): string {
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'not-found';
  return status === 409 ? 'conflict' : 'refused';
}
