import type { ChangeWish } from '../../jobs/change/payloads.ts';
import type { GitHubLogin, RepoName } from '../../src/domain/ids.ts';
import { clip } from '../../src/views/clip.ts';
import type { Intake } from '../ports.ts';
import type { PullRequestEvent } from './pull-request.ts';

/**
 * The part of a review's events that matters here.
 * https://docs.github.com/webhooks/webhook-events-and-payloads#pull_request_review
 */
export interface PullRequestReviewEvent extends PullRequestEvent {
  readonly pull_request: PullRequestEvent['pull_request'] & { readonly updated_at: string };
  readonly review: {
    readonly id: number;
    readonly state: string;
    readonly body: string | null;
    /** What stood as the head when it was given. */
    readonly commit_id: string | null;
    readonly submitted_at: string | null;
    readonly user: { readonly login: string; readonly type?: string | undefined } | null;
  };
}

const longestReason = 1_000;

/** A person's approval or request for changes, for the head that it was given for. Edited reviews say nothing new. */
export async function reviewed(
  intake: Pick<Intake, 'changeIntent' | 'lookAtPull'>,
  repo: RepoName,
  { action, review, pull_request: pull }: PullRequestReviewEvent,
): Promise<void> {
  if (action === 'dismissed') return intake.lookAtPull(repo, pull.number);
  const wish = wishOf(review);
  const { user, commit_id: commit } = review;
  // Without its commit nobody can tell what was approved.
  if (action !== 'submitted' || wish === undefined || user?.type !== 'User' || commit === null) return;
  await intake.changeIntent({
    v: 1,
    repo,
    actionId: `review-${review.id}`,
    by: { login: user.login.toLowerCase() as GitHubLogin },
    askedAt: Date.parse(review.submitted_at ?? pull.updated_at),
    pull: pull.number,
    via: 'review',
    reviewed: commit,
    wish,
    answer: { kind: 'comment', pull: pull.number },
  });
}

function wishOf({
  state,
  body,
}: Pick<PullRequestReviewEvent['review'], 'state' | 'body'>): ChangeWish | undefined {
  if (state === 'approved') return { kind: 'approve' };
  if (state !== 'changes_requested') return undefined;
  const reason = clip((body ?? '').trim(), longestReason);
  return { kind: 'reject', reason: reason === '' ? 'Changes requested on GitHub' : reason };
}
