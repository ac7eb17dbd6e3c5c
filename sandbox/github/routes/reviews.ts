import { z } from 'zod';
import {
  createReview,
  dismissReview,
  removeReviewers,
  requestReviewers,
  reviewOf,
  submitReview,
} from '../operations/reviews.ts';
import { demand } from '../permissions.ts';
import { renderAccount } from '../render/accounts.ts';
import { renderPullSimple } from '../render/pull.ts';
import { renderReview } from '../render/review.ts';
import { renderTeam } from '../render/team.ts';
import { type Ctx, created, ok, Problem, page, type Reply, type Route } from '../route.ts';
import { actorLogin } from '../world.ts';
import { viewedPull } from './pulls.ts';

const read = { name: 'pull_requests', level: 'read' } as const;
const write = { name: 'pull_requests', level: 'write' } as const;
const reviews = '/repos/:owner/:repo/pulls/:pull_number/reviews';
const reviewers = '/repos/:owner/:repo/pulls/:pull_number/requested_reviewers';

/** https://docs.github.com/rest/pulls/reviews and https://docs.github.com/rest/pulls/review-requests */
export const reviewRoutes: readonly Route[] = [
  { method: 'GET', path: reviews, permission: read, handler: listReviews },
  { method: 'POST', path: reviews, permission: read, creates: true, handler: postReview },
  { method: 'GET', path: `${reviews}/:review_id`, permission: read, handler: getReview },
  { method: 'POST', path: `${reviews}/:review_id/events`, permission: read, handler: postEvent },
  { method: 'PUT', path: `${reviews}/:review_id/dismissals`, permission: write, handler: putDismissal },
  { method: 'GET', path: reviewers, permission: read, handler: listReviewers },
  { method: 'POST', path: reviewers, permission: write, handler: postReviewers },
  { method: 'DELETE', path: reviewers, permission: write, handler: deleteReviewers },
];

/** A pending review is seen by its author only. */
function listReviews(ctx: Ctx): Reply {
  const pull = viewedPull(ctx);
  const me = actorLogin(ctx.world, ctx.actor);
  const seen = pull.reviews.filter((review) => review.state !== 'PENDING' || review.user === me);
  return page(ctx, seen, (slice) => slice.map((review) => renderReview(ctx.world, pull, review)));
}

function getReview(ctx: Ctx): Reply {
  const pull = viewedPull(ctx);
  return ok(renderReview(ctx.world, pull, reviewOf(pull, ctx.number('review_id'))));
}

const event = z.enum(['APPROVE', 'REQUEST_CHANGES', 'COMMENT']);
const newReview = z.object({
  event: event.optional(),
  body: z.string().optional(),
  commit_id: z.string().optional(),
});

async function postReview(ctx: Ctx): Promise<Reply> {
  demandReviewer(ctx);
  const { commit_id: commitId, ...input } = ctx.parse(newReview);
  const number = ctx.number('pull_number');
  const review = await createReview(ctx.world, ctx.actor, number, { ...input, commitId });
  return ok(renderReview(ctx.world, viewedTruth(ctx), review));
}

/** A person who may read may review, though only the verdicts of those who may write count; an App needs to write. */
function demandReviewer({ world, actor }: Ctx): void {
  if (actor.kind === 'anonymous') throw new Problem(401, 'Requires authentication');
  if (actor.kind !== 'user') demand(world, actor, write);
}

const submission = z.object({ event, body: z.string().optional() });

async function postEvent(ctx: Ctx): Promise<Reply> {
  demandReviewer(ctx);
  const ids = [ctx.number('pull_number'), ctx.number('review_id')] as const;
  const review = await submitReview(ctx.world, ctx.actor, ...ids, ctx.parse(submission));
  return ok(renderReview(ctx.world, viewedTruth(ctx), review));
}

const dismissal = z.object({ message: z.string() });

async function putDismissal(ctx: Ctx): Promise<Reply> {
  const ids = [ctx.number('pull_number'), ctx.number('review_id')] as const;
  const review = await dismissReview(ctx.world, ctx.actor, ...ids, ctx.parse(dismissal).message);
  return ok(renderReview(ctx.world, viewedTruth(ctx), review));
}

function listReviewers(ctx: Ctx): Reply {
  const pull = viewedPull(ctx);
  return ok({
    users: pull.requestedReviewers.map((login) => renderAccount(ctx.world, login)),
    teams: pull.requestedTeams.flatMap((slug) => {
      const team = ctx.state.teams.get(slug);
      return team ? [renderTeam(ctx.world, team)] : [];
    }),
  });
}

const wanted = z.object({
  reviewers: z.array(z.string()).default([]),
  team_reviewers: z.array(z.string()).default([]),
});

async function postReviewers(ctx: Ctx): Promise<Reply> {
  const { reviewers: users, team_reviewers: teams } = ctx.parse(wanted);
  const pull = await requestReviewers(ctx.world, ctx.actor, ctx.number('pull_number'), { users, teams });
  return created(await renderPullSimple(ctx.world, pull));
}

async function deleteReviewers(ctx: Ctx): Promise<Reply> {
  const { reviewers: users, team_reviewers: teams } = ctx.parse(wanted);
  const pull = await removeReviewers(ctx.world, ctx.actor, ctx.number('pull_number'), { users, teams });
  return ok(await renderPullSimple(ctx.world, pull));
}

/** After a change: as it is, not as a stale read shows it. */
function viewedTruth(ctx: Ctx) {
  return ctx.state.pulls.get(ctx.number('pull_number')) ?? viewedPull(ctx);
}
