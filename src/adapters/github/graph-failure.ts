import type { z } from 'zod';
import { AmbiguousWriteError, PermanentError, RetryableError } from '../../errors.ts';
import type { GraphAnswer, GraphError } from './graph-answer.ts';

export type FieldVerdict = 'exists' | 'stale' | 'forbidden' | 'not-found' | 'refused' | 'unclear';

/** What kept a mutation's field from being done. */
export function judgeField({ type, message }: GraphError): FieldVerdict {
  if (type === 'STALE_DATA' || /expected branch to point to/i.test(message)) return 'stale';
  if (/already exists/i.test(message)) return 'exists';
  if (type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES') return 'forbidden';
  if (type === 'NOT_FOUND') return 'not-found';
  return type === 'UNPROCESSABLE' || type === 'VALIDATION' ? 'refused' : 'unclear';
}

/** The failure of one mutation, by its name or alias; a failure below it means that it was done all the same. */
export function failureOf(answer: GraphAnswer, field: string): GraphError | undefined {
  return answer.errors.find(({ path }) => path.length === 1 && path[0] === field);
}

/** The error for a mutation's field that failed in a way that no other step can explain. */
export function fieldError(what: string, error: GraphError): Error {
  const verdict = judgeField(error);
  const text = `failed to ${what}: ${error.message.slice(0, 300)}`;
  return verdict === 'unclear' ? new AmbiguousWriteError(text) : new PermanentError(verdict, text);
}

/** Throws when a document of mutations failed as a whole. */
export function checkMutations(what: string, answer: GraphAnswer): void {
  const whole = answer.errors.find(({ path }) => path.length === 0);
  if (whole !== undefined) {
    // Without a type, GitHub gave up somewhere on the way, and nobody knows where.
    throw fieldError(what, whole);
  }
}

/**
 * Parses what a query was answered.
 *
 * @param tolerates errors that leave a hole which the schema knows how to read, such as a team that is secret.
 * @throws PermanentError when GitHub refuses, RetryableError when it failed or answered something else.
 */
export function readQuery<T extends z.ZodType>(
  what: string,
  answer: Pick<GraphAnswer, 'data' | 'errors'>,
  schema: T,
  tolerates: (error: GraphError) => boolean = () => false,
): z.output<T> {
  const error = answer.errors.find((each) => !tolerates(each));
  if (error !== undefined) {
    const verdict = judgeField(error);
    const text = `failed to ${what}: ${error.message.slice(0, 300)}`;
    throw verdict === 'unclear' ? new RetryableError(text) : new PermanentError(verdict, text);
  }
  const read = schema.safeParse(answer.data);
  if (read.success) return read.data;
  const where = read.error.issues[0]?.path.join('.') ?? '';
  throw new RetryableError(`failed to ${what}: GitHub's answer is not as expected at ${where}`, {
    cause: read.error,
  });
}

/** A reviewer that the App may not see, such as a secret team. */
export function isHiddenReviewer({ path }: GraphError): boolean {
  return path.includes('requestedReviewer');
}
