import { z } from 'zod';
import { formValuesSchema } from '../src/domain/check-request.ts';
import type { RepoName } from '../src/domain/ids.ts';
import { releaseValuesSchema } from '../src/domain/release/release-request.ts';
import { commit, releaseTag, repo, requestId, slackUser, viewId } from './payload-parts.ts';

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

/** The intent of a person who asked for the release form: it is drawn into the view that stands open. */
export const showReleasePayload = z.object({ v: z.literal(1), repo, askedBy: slackUser, viewId });
export type ShowReleasePayload = z.output<typeof showReleasePayload>;

/** The intent of a person who pressed Release: exactly what the form showed. */
export const cutReleasePayload = z.object({
  v: z.literal(1),
  repo,
  requestId,
  askedBy: slackUser,
  /** Milliseconds since the epoch by the clock that took the form; bounds the search for our own messages only. */
  askedAt: z.number().int().positive(),
  viewId,
  tag: releaseTag,
  isPrerelease: z.boolean(),
  shown: z.object({ commit, previous: releaseTag.optional(), previousCommit: commit.optional() }),
  /** Whether the person knows that the default branch has moved and wants the shown commit all the same. */
  knowsOfMove: z.boolean(),
  values: releaseValuesSchema,
});
export type CutReleasePayload = z.output<typeof cutReleasePayload>;

/** The intent of a person who asked for the platform's status: it is drawn into the view that stands open. */
export const showStatusPayload = z.object({ v: z.literal(1), repo, askedBy: slackUser, viewId });
export type ShowStatusPayload = z.output<typeof showStatusPayload>;

/** The hint that a release may have changed, or be gone. */
export const lookAtReleasePayload = z.object({
  v: z.literal(1),
  repo,
  id: z.number().int().positive(),
  tag: releaseTag,
});

/** The hint that a pull request of a tenant request may have changed. */
export const lookAtRequestPayload = z.object({ v: z.literal(1), repo, number: z.number().int().positive() });

/** The hint that the platform repository's default branch, or the requests under way, may have changed. */
export const lookAtPlatformPayload = z.object({ v: z.literal(1), repo });

/** The intent of a person who wants to see the fleet in a form that stands open. */
export const showFleetPayload = z.object({
  v: z.literal(1),
  viewId: z.string().regex(/^V[A-Z0-9]+$/),
  askedBy: slackUser,
});
export type ShowFleetPayload = z.output<typeof showFleetPayload>;

export const sweepPayload = z.object({ v: z.literal(1) });

/** Name of the mark that holds when GitHub last confirmed what is known of a repository, in its milliseconds. */
export function pulseMark(repo: RepoName): string {
  return `pulse:${repo}`;
}
