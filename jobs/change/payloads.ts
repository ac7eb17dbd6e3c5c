import { z } from 'zod';
import type { GitHubLogin } from '../../src/domain/ids.ts';
import { releaseTag, repo, requestId, slackUser, viewId } from '../payload-parts.ts';

/** Who wants something: the door knows them by one of the two. */
const person = z.union([
  z.object({ slack: slackUser }),
  z.object({ login: z.string().transform((text) => text.toLowerCase() as GitHubLogin) }),
]);

/** Where the answer goes: a form that stands open, or a pull request's conversation. */
const answer = z.union([
  z.object({ kind: z.literal('view'), viewId }),
  z.object({ kind: z.literal('comment'), pull: z.number().int().positive() }),
]);

const reason = z.string().trim().min(1).max(1_000);

/** What somebody says about a change. */
export const changeWish = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('approve') }),
  z.object({ kind: z.literal('reject'), reason }),
  z.object({ kind: z.literal('take-back') }),
  z.object({ kind: z.literal('hold'), reason }),
  z.object({ kind: z.literal('unhold') }),
  z.object({ kind: z.literal('external-number'), externalNumber: z.string().trim().min(1).max(100) }),
  z.object({ kind: z.literal('go') }),
  z.object({ kind: z.literal('override'), reason }),
  z.object({ kind: z.literal('confirm-override') }),
  z.object({ kind: z.literal('withdraw') }),
  /** What can be said about a change, and how; records nothing. */
  z.object({ kind: z.literal('help') }),
]);
export type ChangeWish = z.output<typeof changeWish>;

/** The intent of a person about one change. */
export const changeIntentPayload = z.object({
  v: z.literal(1),
  repo,
  /** Names the record: one click, comment or review is one record however often it comes. */
  actionId: z.string().regex(/^[a-z0-9-]{8,80}$/),
  by: person,
  askedAt: z.number().int().positive(),
  /** Undefined when only the pull request is known, as for comments. */
  change: z.number().int().positive().optional(),
  pull: z.number().int().positive().optional(),
  via: z.enum(['slack', 'comment', 'review']),
  /** Digest of what the person saw (`digestOf`); undefined where nothing was shown, as for comments. */
  shown: z.string().max(100).optional(),
  /** The commit that a review was given for. */
  reviewed: z.string().max(64).optional(),
  wish: changeWish,
  answer: answer.optional(),
});
export type ChangeIntentPayload = z.output<typeof changeIntentPayload>;

/** The intent of a person who wants a version promoted, or what ran before back. */
export const promotePayload = z.object({
  v: z.literal(1),
  repo,
  requestId,
  askedBy: slackUser,
  askedAt: z.number().int().positive(),
  /** Undefined for back: the last version that ran without failure before the change `backFrom`. */
  tag: releaseTag.optional(),
  backFrom: z.number().int().positive().optional(),
  /** Names or parts of names of places; empty for all. */
  where: z.array(z.string().max(100)).max(50),
  externalNumber: z.string().trim().max(100).optional(),
  viewId,
});
export type PromotePayload = z.output<typeof promotePayload>;

/** The intent of a person who freezes or unfreezes production. */
export const freezePayload = z.object({
  v: z.literal(1),
  repo,
  actionId: z.string().regex(/^[a-z0-9-]{8,80}$/),
  askedBy: slackUser,
  askedAt: z.number().int().positive(),
  wish: z.union([
    z.object({ kind: z.literal('freeze'), reason, /** ISO 8601. */ until: z.string().optional() }),
    z.object({ kind: z.literal('unfreeze') }),
  ]),
  viewId,
});
export type FreezePayload = z.output<typeof freezePayload>;

/** The intent of a person who wants to see changes in a form that stands open. */
export const showChangesPayload = z.object({
  v: z.literal(1),
  repo,
  askedBy: slackUser,
  viewId,
  /**
   * One change, what it does, or all that are open; `doctor` looks at the installation; `promote` asks for the form that
   * promotes, beginning with a tag, its metadata being the repository's name.
   */
  what: z.union([
    z.object({ kind: z.literal('all') }),
    z.object({ kind: z.literal('one'), change: z.number().int().positive() }),
    z.object({ kind: z.literal('effects'), change: z.number().int().positive() }),
    z.object({ kind: z.literal('doctor') }),
    z.object({ kind: z.literal('promote'), tag: releaseTag.optional() }),
  ]),
});
export type ShowChangesPayload = z.output<typeof showChangesPayload>;

/** The hint that a pull request may have changed. */
export const lookAtPullPayload = z.object({ v: z.literal(1), repo, number: z.number().int().positive() });

/** The hint that a change, or something that it hangs on, may have changed. */
export const lookAtChangePayload = z.object({ v: z.literal(1), repo, number: z.number().int().positive() });

/** The hint that a merge queue asks about a head of its own. */
export const answerQueuePayload = z.object({
  v: z.literal(1),
  repo,
  head: z.string().regex(/^[0-9a-f]{40,64}$/),
  /** `gh-readonly-queue/<base>/pr-<number>-<sha>`. */
  ref: z.string().max(300),
});

/** The hint that something may have changed that any open change can hang on, such as a tag. */
export const lookAtChangesPayload = z.object({ v: z.literal(1), repo });
