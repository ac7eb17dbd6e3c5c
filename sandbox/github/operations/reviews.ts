import type { Actor } from '../actor.ts';
import { emit } from '../events.ts';
import { notFound, unprocessable, validationFailed } from '../problem.ts';
import { renderAccount } from '../render/accounts.ts';
import { renderPullSimple } from '../render/pull.ts';
import { renderReviewEvent } from '../render/review.ts';
import { renderTeam } from '../render/team.ts';
import type { Pull, Review } from '../types.ts';
import { actorLogin, type GitHubWorld } from '../world.ts';
import { announcePull, note } from './announce-pull.ts';
import { pullOf } from './pulls.ts';

export type ReviewEvent = 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT';

const stateOf = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;

export interface NewReview {
  /** Left out: a pending review, seen by nobody until it is submitted. */
  readonly event?: ReviewEvent | undefined;
  readonly body?: string | undefined;
  readonly commitId?: string | undefined;
}

/** @throws Problem 404, or 422 for one's own pull request or a missing body. */
export function createReview(
  world: GitHubWorld,
  actor: Actor,
  number: number,
  input: NewReview,
): Promise<Review> {
  return world.exclusive(async () => {
    const pull = pullOf(world, number);
    const user = actorLogin(world, actor);
    if (input.commitId !== undefined && !(await world.git.commit(input.commitId))) {
      throw unprocessable('Commit not found');
    }
    const review: Review = {
      id: world.state.nextId(),
      user,
      body: input.body ?? '',
      state: 'PENDING',
      commitId: input.commitId ?? pull.headSha,
      submittedAt: null,
    };
    if (input.event !== undefined) checkEvent(pull, user, input.event, review.body);
    pull.reviews.push(review);
    if (input.event !== undefined) await publish(world, actor, pull, review, input.event);
    return review;
  });
}

/** Submits a pending review. @throws Problem 404 or 422. */
export function submitReview(
  world: GitHubWorld,
  actor: Actor,
  number: number,
  reviewId: number,
  input: { readonly event: ReviewEvent; readonly body?: string | undefined },
): Promise<Review> {
  return world.exclusive(async () => {
    const pull = pullOf(world, number);
    const review = reviewOf(pull, reviewId);
    if (review.state !== 'PENDING')
      throw unprocessable('The pull request review has already been submitted.');
    review.body = input.body ?? review.body;
    checkEvent(pull, review.user, input.event, review.body);
    await publish(world, actor, pull, review, input.event);
    return review;
  });
}

/** @throws Problem 404, or 422 when it is neither an approval nor a request for changes. */
export function dismissReview(
  world: GitHubWorld,
  actor: Actor,
  number: number,
  reviewId: number,
  message: string,
): Promise<Review> {
  return world.exclusive(async () => {
    const pull = pullOf(world, number);
    const review = reviewOf(pull, reviewId);
    if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED') {
      throw unprocessable('Can not dismiss a commented pull request review');
    }
    review.state = 'DISMISSED';
    note(world, actor, number, 'review_dismissed', { message });
    await emitReview(world, actor, pull, review, 'dismissed');
    return review;
  });
}

/** Asks people and teams for a review. @throws Problem 422 for a stranger or the author. */
export function requestReviewers(
  world: GitHubWorld,
  actor: Actor,
  number: number,
  input: { readonly users: readonly string[]; readonly teams: readonly string[] },
): Promise<Pull> {
  return world.exclusive(async () => {
    const pull = pullOf(world, number);
    for (const login of input.users) {
      if (login === pull.user) throw unprocessable('Review cannot be requested from pull request author.');
      if (world.state.account(login)?.type !== 'User') {
        throw unprocessable(
          'Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.',
        );
      }
    }
    for (const slug of input.teams) {
      if (!world.state.teams.has(slug))
        throw validationFailed([`Could not resolve to a node with the slug '${slug}'.`]);
    }
    for (const login of input.users.filter((each) => !pull.requestedReviewers.includes(each))) {
      pull.requestedReviewers.push(login);
      await announceReviewer(world, actor, pull, 'review_requested', { login });
    }
    for (const slug of input.teams.filter((each) => !pull.requestedTeams.includes(each))) {
      pull.requestedTeams.push(slug);
      await announceReviewer(world, actor, pull, 'review_requested', { slug });
    }
    return pull;
  });
}

export function removeReviewers(
  world: GitHubWorld,
  actor: Actor,
  number: number,
  input: { readonly users: readonly string[]; readonly teams: readonly string[] },
): Promise<Pull> {
  return world.exclusive(async () => {
    const pull = pullOf(world, number);
    for (const login of input.users.filter((each) => pull.requestedReviewers.includes(each))) {
      pull.requestedReviewers = pull.requestedReviewers.filter((each) => each !== login);
      await announceReviewer(world, actor, pull, 'review_request_removed', { login });
    }
    for (const slug of input.teams.filter((each) => pull.requestedTeams.includes(each))) {
      pull.requestedTeams = pull.requestedTeams.filter((each) => each !== slug);
      await announceReviewer(world, actor, pull, 'review_request_removed', { slug });
    }
    return pull;
  });
}

export function reviewOf(pull: Pull, id: number): Review {
  const review = pull.reviews.find((each) => each.id === id);
  if (!review) throw notFound();
  return review;
}

function checkEvent(pull: Pull, user: string, event: ReviewEvent, body: string): void {
  if (user === pull.user && event === 'APPROVE')
    throw validationUnprocessable('Can not approve your own pull request');
  if (user === pull.user && event === 'REQUEST_CHANGES') {
    throw validationUnprocessable('Can not request changes on your own pull request');
  }
  if (event !== 'APPROVE' && body.trim() === '')
    throw validationUnprocessable('Could not submit review without a body.');
}

function validationUnprocessable(sentence: string): Error {
  return validationFailed([sentence]);
}

async function publish(
  world: GitHubWorld,
  actor: Actor,
  pull: Pull,
  review: Review,
  event: ReviewEvent,
): Promise<void> {
  review.state = stateOf[event];
  review.submittedAt = world.iso();
  pull.updatedAt = world.iso();
  pull.requestedReviewers = pull.requestedReviewers.filter((login) => login !== review.user);
  note(world, actor, pull.number, 'reviewed', { state: review.state, body: review.body });
  await emitReview(world, actor, pull, review, 'submitted');
}

async function emitReview(
  world: GitHubWorld,
  actor: Actor,
  pull: Pull,
  review: Review,
  action: string,
): Promise<void> {
  emit(world, 'pull_request_review', action, actor, {
    review: renderReviewEvent(world, pull, review),
    pull_request: await renderPullSimple(world, pull),
  });
}

async function announceReviewer(
  world: GitHubWorld,
  actor: Actor,
  pull: Pull,
  action: string,
  who: { readonly login: string } | { readonly slug: string },
): Promise<void> {
  const team = 'slug' in who ? world.state.teams.get(who.slug) : undefined;
  const more =
    'login' in who
      ? { requested_reviewer: renderAccount(world, who.login) }
      : { requested_team: team && renderTeam(world, team) };
  await announcePull(world, actor, pull, action, more, { who: 'login' in who ? who.login : who.slug });
}
