import { z } from 'zod';
import { repo, slackUser, viewId } from '../payload-parts.ts';

/** The hint that something may be rolling out that nobody follows. */
export const followRolloutsPayload = z.object({ v: z.literal(1), repo });

const asked = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('latest') }),
  z.object({ kind: z.literal('pull-request'), number: z.number().int().positive() }),
  z.object({ kind: z.literal('version'), version: z.string().min(1).max(250) }),
]);

/** The wish to see one rollout in an open view. */
export const showRolloutPayload = z.object({ v: z.literal(1), repo, askedBy: slackUser, viewId, asked });
export type ShowRolloutPayload = z.output<typeof showRolloutPayload>;

/** The object that a button is about: routing only. */
const target = z.object({
  management: z.string().min(1).max(253),
  kind: z.enum(['source', 'kustomization', 'helm-release']),
  id: z.string().regex(/^[^/\s]{1,253}\/[^/\s]{1,253}$/),
});

/** The wish to see why something fails, in an open view. */
export const showWhyPayload = z.object({ v: z.literal(1), repo, askedBy: slackUser, viewId, target });
export type ShowWhyPayload = z.output<typeof showWhyPayload>;

/** The wish that Flux tries something again now; the answer is drawn into an open view. */
export const tryAgainPayload = z.object({
  v: z.literal(1),
  repo,
  /** Names the wish: one press is one, however often it comes. */
  actionId: z.string().regex(/^[a-z0-9-]{8,80}$/),
  askedBy: slackUser,
  /** Milliseconds since the epoch by the clock that took the press. */
  askedAt: z.number().int().positive(),
  viewId,
  target,
});
export type TryAgainPayload = z.output<typeof tryAgainPayload>;
