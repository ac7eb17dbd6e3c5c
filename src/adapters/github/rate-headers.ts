import type { RawHeaders } from './octokit-like.ts';

export type RateResource = 'core' | 'graphql';

/** What an answer's headers say about the hourly limit and about waiting, times in milliseconds from now. */
export interface RateHeaders {
  readonly resource: RateResource | undefined;
  readonly remaining: number | undefined;
  readonly resetInMs: number | undefined;
  readonly retryInMs: number | undefined;
}

/**
 * Reads the headers of https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api.
 * The reset is told by GitHub's clock, so it is counted from the answer's own `Date`, never from ours.
 */
export function readRateHeaders(headers: RawHeaders): RateHeaders {
  const date = Date.parse(String(headers['date'] ?? ''));
  const reset = number(headers['x-ratelimit-reset']);
  const resource = headers['x-ratelimit-resource'];
  return {
    resource: resource === 'core' || resource === 'graphql' ? resource : undefined,
    remaining: number(headers['x-ratelimit-remaining']),
    resetInMs: reset === undefined || Number.isNaN(date) ? undefined : Math.max(0, reset * 1000 - date),
    retryInMs: retryAfter(headers['retry-after'], date),
  };
}

/** `Retry-After` is a number of seconds or, from proxies, an HTTP date (RFC 9110, 10.2.3). */
function retryAfter(value: string | number | undefined, date: number): number | undefined {
  const seconds = number(value);
  if (seconds !== undefined) return Math.max(0, seconds * 1000);
  const at = Date.parse(String(value ?? ''));
  return Number.isNaN(at) || Number.isNaN(date) ? undefined : Math.max(0, at - date);
}

function number(value: string | number | undefined): number | undefined {
  if (value === undefined || value === '') return undefined;
  const read = Number(value);
  return Number.isFinite(read) ? read : undefined;
}
