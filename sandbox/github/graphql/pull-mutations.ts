import { setAssignees } from '../operations/issues.ts';
import { setLabels } from '../operations/labels.ts';
import { type MergeMethod, mergePull } from '../operations/merge.ts';
import { createPull, editPull, updatePullBranch } from '../operations/pulls.ts';
import {
  createReview,
  dismissReview,
  type ReviewEvent,
  removeReviewers,
  requestReviewers,
  submitReview,
} from '../operations/reviews.ts';
import type { Pull, Review } from '../types.ts';
import { actorLogin } from '../world.ts';
import { type Fields, type GraphContext, node } from './fields.ts';
import {
  accountById,
  labelById,
  mutation,
  nodeOf,
  pullById,
  pullRequests,
  repositoryById,
  teamById,
} from './mutation.ts';
import { accountNode } from './nodes.ts';
import { reviewNode } from './reviews.ts';

interface CreateInput {
  readonly repositoryId: string;
  readonly title: string;
  readonly body?: string | null;
  readonly headRefName: string;
  readonly baseRefName: string;
  readonly draft?: boolean | null;
}

interface UpdateInput {
  readonly pullRequestId: string;
  readonly title?: string | null;
  readonly body?: string | null;
  readonly state?: 'OPEN' | 'CLOSED' | null;
  readonly baseRefName?: string | null;
  readonly labelIds?: readonly string[] | null;
  readonly assigneeIds?: readonly string[] | null;
}

interface MergeInput {
  readonly pullRequestId: string;
  readonly mergeMethod?: 'MERGE' | 'SQUASH' | 'REBASE' | null;
  readonly commitHeadline?: string | null;
  readonly commitBody?: string | null;
  readonly expectedHeadOid?: string | null;
}

interface PullInput {
  readonly pullRequestId: string;
}

interface RequestInput extends PullInput {
  readonly userIds?: readonly string[] | null;
  readonly teamIds?: readonly string[] | null;
  readonly union?: boolean | null;
}

interface ReviewInput extends PullInput {
  readonly body?: string | null;
  readonly commitOID?: string | null;
  readonly event?: ReviewEvent | null;
}

const methods: Readonly<Record<string, MergeMethod>> = { MERGE: 'merge', SQUASH: 'squash', REBASE: 'rebase' };

export const pullMutations: Fields = {
  createPullRequest: mutation<CreateInput>(pullRequests, async (input, context) => {
    await repositoryById(context, input.repositoryId);
    const { title, body, headRefName, baseRefName, draft } = input;
    const pull = await createPull(context.world, context.actor, {
      title,
      body,
      head: headRefName.replace(/^refs\/heads\//, ''),
      base: baseRefName.replace(/^refs\/heads\//, ''),
      draft: draft ?? false,
    });
    return payload(pull);
  }),
  updatePullRequest: mutation<UpdateInput>(pullRequests, async (input, context) => {
    const { number } = await pullById(context, input.pullRequestId);
    const pull = await editPull(context.world, context.actor, number, {
      title: input.title ?? undefined,
      body: input.body ?? undefined,
      base: input.baseRefName ?? undefined,
      state: input.state === 'OPEN' ? 'open' : input.state === 'CLOSED' ? 'closed' : undefined,
    });
    if (input.labelIds) {
      const labels = await Promise.all(input.labelIds.map((id) => labelById(context, id)));
      await setLabels(
        context.world,
        context.actor,
        number,
        labels.map((label) => label.name),
      );
    }
    if (input.assigneeIds) {
      const people = await Promise.all(input.assigneeIds.map((id) => accountById(context, id)));
      await setAssignees(
        context.world,
        context.actor,
        number,
        people.map((person) => person.login),
      );
    }
    return withActor(context, pull);
  }),
  closePullRequest: change({ state: 'closed' }),
  reopenPullRequest: change({ state: 'open' }),
  markPullRequestReadyForReview: change({ draft: false }),
  convertPullRequestToDraft: change({ draft: true }),
  updatePullRequestBranch: mutation<PullInput & { expectedHeadOid?: string | null }>(
    pullRequests,
    async (input, context) => {
      const pull = await pullById(context, input.pullRequestId);
      await updatePullBranch(context.world, context.actor, pull.number, input.expectedHeadOid ?? undefined);
      return payload(pull);
    },
  ),
  mergePullRequest: mutation<MergeInput>({ name: 'contents', level: 'write' }, async (input, context) => {
    const pull = await pullById(context, input.pullRequestId);
    await mergePull(context.world, context.actor, pull.number, {
      method: methods[input.mergeMethod ?? 'MERGE'] ?? 'merge',
      sha: input.expectedHeadOid ?? undefined,
      title: input.commitHeadline ?? undefined,
      message: input.commitBody ?? undefined,
    });
    return withActor(context, pull);
  }),
  requestReviews: mutation<RequestInput>(pullRequests, async (input, context) => {
    const pull = await pullById(context, input.pullRequestId);
    const users = (await Promise.all((input.userIds ?? []).map((id) => accountById(context, id)))).map(
      (account) => account.login,
    );
    const teams = (await Promise.all((input.teamIds ?? []).map((id) => teamById(context, id)))).map(
      (team) => team.slug,
    );
    const { world, actor } = context;
    await requestReviewers(world, actor, pull.number, { users, teams });
    if (!input.union)
      await removeReviewers(world, actor, pull.number, {
        users: pull.requestedReviewers.filter((login) => !users.includes(login)),
        teams: pull.requestedTeams.filter((slug) => !teams.includes(slug)),
      });
    return { ...withActor(context, pull), requestedReviewersEdge: null };
  }),
  addPullRequestReview: mutation<ReviewInput>(pullRequests, async (input, context) => {
    const pull = await pullById(context, input.pullRequestId);
    const review = await createReview(context.world, context.actor, pull.number, {
      event: input.event ?? undefined,
      body: input.body ?? undefined,
      commitId: input.commitOID ?? undefined,
    });
    const made = reviewNode(pull, review);
    return { pullRequestReview: made, reviewEdge: { cursor: String(review.id), node: made } };
  }),
  submitPullRequestReview: mutation<{
    pullRequestReviewId: string;
    event: ReviewEvent;
    body?: string | null;
  }>(pullRequests, async (input, context) => {
    const { pull, review } = await reviewById(context, input.pullRequestReviewId);
    const { event, body } = input;
    await submitReview(context.world, context.actor, pull.number, review.id, {
      event,
      body: body ?? undefined,
    });
    return { pullRequestReview: reviewNode(pull, review) };
  }),
  dismissPullRequestReview: mutation<{ pullRequestReviewId: string; message: string }>(
    pullRequests,
    async (input, context) => {
      const { pull, review } = await reviewById(context, input.pullRequestReviewId);
      await dismissReview(context.world, context.actor, pull.number, review.id, input.message);
      return { pullRequestReview: reviewNode(pull, review) };
    },
  ),
};

function change(to: { readonly state?: 'open' | 'closed'; readonly draft?: boolean }) {
  return mutation<PullInput>(pullRequests, async (input, context) => {
    const { number } = await pullById(context, input.pullRequestId);
    return payload(await editPull(context.world, context.actor, number, to));
  });
}

function reviewById(context: GraphContext, id: string): Promise<{ pull: Pull; review: Review }> {
  return nodeOf(context, id, 'PullRequestReview');
}

function payload(pull: Pull) {
  return { pullRequest: node('PullRequest', pull) };
}

function withActor(context: GraphContext, pull: Pull) {
  return { ...payload(pull), actor: accountNode(context, actorLogin(context.world, context.actor)) };
}
