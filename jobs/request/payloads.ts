import { z } from 'zod';
import { formValuesSchema } from '../../src/domain/check-request.ts';
import { repo, requestId, slackUser, viewId } from '../payload-parts.ts';

const number = z.number().int().positive();

/** The intent of a person who pressed Change: the form is drawn into the view that stands open. */
export const showRequestFormPayload = z.object({ v: z.literal(1), repo, number, askedBy: slackUser, viewId });
export type ShowRequestFormPayload = z.output<typeof showRequestFormPayload>;

/** The intent of a person who changes a request that stands: all that was typed, checked again by the job. */
export const changeRequestPayload = z.object({
  v: z.literal(1),
  repo,
  number,
  /** Names this very change, however often it is sent. */
  changeId: requestId,
  /** Beginning of the head's id that the form was drawn from. */
  seen: z.string().regex(/^[0-9a-f]{16}$/),
  askedBy: slackUser,
  /** Milliseconds since the epoch by the clock that took the form; bounds the search for our own messages only. */
  askedAt: z.number().int().positive(),
  values: formValuesSchema,
});
export type ChangeRequestPayload = z.output<typeof changeRequestPayload>;

/** The hint that an issue may have changed. */
export const lookAtIssuePayload = z.object({ v: z.literal(1), repo, number });

/** The intent of a person who withdraws a request, and has confirmed that. */
export const withdrawRequestPayload = z.object({
  v: z.literal(1),
  repo,
  number,
  /** Names this very press, however often it is delivered. */
  actionId: requestId,
  askedBy: slackUser,
  /** Milliseconds since the epoch by the clock that took the press; bounds the search for our own messages only. */
  askedAt: z.number().int().positive(),
  viewId,
});
export type WithdrawRequestPayload = z.output<typeof withdrawRequestPayload>;
