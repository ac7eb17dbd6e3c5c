import type { PromotionOpening, PromotionPull } from '../../../../jobs/change/change-ports.ts';
import type { OpeningPlan } from '../../../../jobs/ports.ts';
import { createdByUs, type MissedSince } from '../created-by-us.ts';
import type { GitHubContext } from '../github-context.ts';
import { checkMutations, failureOf, fieldError, judgeField } from '../graph-failure.ts';
import { labelAndAskForReview } from '../label-and-ask-for-review.ts';
import { openPullRequest } from '../open-pull-request.ts';
import { repositoryId } from '../repository-id.ts';
import type { RepositoryMemory } from '../repository-memory.ts';
import { readPromotionBranch } from './read-promotion-branch.ts';
import { rememberMade } from './remember-made.ts';

export const reservePromotionMutation = `
mutation ReservePromotion($repository: ID!, $newRef: String!, $at: GitObjectID!) {
  createRef(input: { repositoryId: $repository, name: $newRef, oid: $at }) { clientMutationId }
}`;

/**
 * A promotion's branch, its one commit and its pull request: two requests, and one for labels. What an earlier run left
 * of them is gone on with; a branch that somebody else made, or that holds something else, is left alone.
 *
 * The branch has a document of its own, for a failed `createRef` would not stop the commit behind it.
 */
export async function openPromotion(
  context: GitHubContext,
  missed: MissedSince,
  memory: RepositoryMemory,
  plan: PromotionPull,
): Promise<PromotionOpening> {
  if (await reserve(context, plan)) return await make(context, memory, plan);
  const branch = await readPromotionBranch(context, plan);
  switch (branch.kind) {
    case 'bare':
      return (await createdByUs(context, missed, plan.repo, plan.branch))
        ? await make(context, memory, plan)
        : { kind: 'taken' };
    case 'committed':
      return await open(context, plan, false);
    case 'opened':
      return { ...branch, isMade: false };
    case 'taken':
      return branch;
    case 'gone':
      return { kind: 'lost-race' };
  }
}

/** False when a branch of the name stands. */
async function reserve(context: GitHubContext, { repo, branch, onTopOf }: PromotionPull): Promise<boolean> {
  const what = `create the branch ${branch} in ${repo}`;
  const repository = await repositoryId(context, repo);
  const variables = { repository, newRef: `refs/heads/${branch}`, at: onTopOf };
  const answer = await context.client.mutate(repo, what, { query: reservePromotionMutation, variables });
  checkMutations(what, answer);
  const failure = failureOf(answer, 'createRef');
  if (failure === undefined) return true;
  if (judgeField(failure) === 'exists') return false;
  throw fieldError(what, failure);
}

async function make(
  context: GitHubContext,
  memory: RepositoryMemory,
  plan: PromotionPull,
): Promise<PromotionOpening> {
  const opening = await open(context, plan, true);
  if (opening.kind === 'opened') rememberMade(memory, plan, opening.head);
  return opening;
}

async function open(
  context: GitHubContext,
  plan: PromotionPull,
  withCommit: boolean,
): Promise<PromotionOpening> {
  const result = await openPullRequest(context, toOpeningPlan(plan, withCommit));
  if (result.kind === 'lost-race') return { kind: 'lost-race' };
  const { number, head } = result.pull;
  await label(context, plan, number);
  return { kind: 'opened', number, head, isMade: withCommit };
}

function toOpeningPlan(plan: PromotionPull, withCommit: boolean): OpeningPlan {
  const { repo, branch, base, onTopOf, file, title, body } = plan;
  const commit = withCommit ? { onTopOf, headline: title, body: '', files: [file] } : undefined;
  return { repo, branch, defaultBranch: base, commit, title, body };
}

/** Labels decide nothing: a pull request without them is as good. */
async function label(context: GitHubContext, { repo, labels }: PromotionPull, number: number): Promise<void> {
  if (labels.length === 0) return;
  try {
    await labelAndAskForReview(context, { repo, number, labels, reviewers: [], teams: [] });
  } catch (error) {
    context.log.warn({ repo, number, err: error }, 'a promotion could not be labelled');
  }
}
