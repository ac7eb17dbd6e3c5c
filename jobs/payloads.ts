import { z } from 'zod';
import { formValuesSchema } from '../src/domain/check-request.ts';
import type { RepoName, RequestId, SlackUserId } from '../src/domain/ids.ts';

const repo = z
  .string()
  .regex(/^[^/\s]+\/[^/\s]+$/)
  .transform((text) => text as RepoName);
const requestId = z
  .string()
  .regex(/^req-[0-9a-f]{16}$/)
  .transform((text) => text as RequestId);
const slackUser = z
  .string()
  .regex(/^[UW][A-Z0-9]+$/)
  .transform((text) => text as SlackUserId);

/** The intent of a person who sent the onboarding form: all that was typed, checked again by the job. */
export const onboardPayload = z.object({
  v: z.literal(1),
  repo,
  requestId,
  askedBy: slackUser,
  /** Milliseconds since the epoch by the clock that took the form; bounds the search for our own messages only. */
  askedAt: z.number().int().positive(),
  values: formValuesSchema,
});
export type OnboardPayload = z.output<typeof onboardPayload>;

/** The hint that a pull request of a tenant request may have changed. */
export const lookAtRequestPayload = z.object({ v: z.literal(1), repo, number: z.number().int().positive() });

/** The hint that the platform repository's default branch, or the requests under way, may have changed. */
export const lookAtPlatformPayload = z.object({ v: z.literal(1), repo });

export const sweepPayload = z.object({ v: z.literal(1) });

/** Name of the mark that holds when GitHub last confirmed what is known of a repository, in its milliseconds. */
export function pulseMark(repo: RepoName): string {
  return `pulse:${repo}`;
}
