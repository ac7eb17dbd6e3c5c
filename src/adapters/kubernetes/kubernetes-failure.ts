import type { SilenceReason } from '../../domain/rollout/objects.ts';
import { PermanentError, RetryableError } from '../../errors.ts';

/** What was asked for is no longer kept: a list has to begin anew. */
export class ExpiredError extends RetryableError {}

const reasons = [
  'refused',
  'certificate',
  'not-set-up',
  'no-flux',
  'not-understood',
] as const satisfies readonly SilenceReason[];

/** A status that is no success, as one of the house's errors. */
export function statusFailure(what: string, status: number, retryAfter: string | undefined): Error {
  const message = `failed to ${what}: the cluster answers ${status}`;
  if (status === 410) return new ExpiredError(message);
  if (status === 401) return new PermanentError('refused', message);
  if (status === 403) return new PermanentError('forbidden', message);
  if (status === 404) return new PermanentError('not-found', message);
  if (status === 408 || status === 409 || status === 429 || status >= 500) {
    const seconds = Number(retryAfter);
    const retryInMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : undefined;
    return new RetryableError(message, retryInMs === undefined ? {} : { retryInMs });
  }
  return new PermanentError('not-understood', message);
}

/** https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const certificateTrouble =
  /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT|HOSTNAME_MISMATCH|ERR_SSL_\w*CERT)/;

/** A connection that came to nothing, as one of the house's errors. */
export function connectionFailure(what: string, cause: unknown): Error {
  if (cause instanceof RetryableError || cause instanceof PermanentError) return cause;
  const code = codesOf(cause).find((each) => certificateTrouble.test(each));
  if (code !== undefined) return new PermanentError('certificate', `failed to ${what}: ${code}`, { cause });
  return new RetryableError(`failed to ${what}`, { cause });
}

/** An error's codes, and those of its causes. */
export function codesOf(error: unknown): readonly string[] {
  if (typeof error !== 'object' || error === null) return [];
  const own = 'code' in error ? [String(error.code)] : [];
  return 'cause' in error ? [...own, ...codesOf(error.cause)] : own;
}

/** Why a cluster shows nothing, by what a look at it threw. */
export function silenceReason(error: unknown): SilenceReason {
  if (error instanceof PermanentError) {
    if (error.code === 'forbidden') return 'refused';
    return reasons.find((reason) => reason === error.code) ?? 'failing';
  }
  return error instanceof RetryableError && error.cause !== undefined ? 'no-answer' : 'failing';
}
