import { mergeability } from '../operations/mergeability.ts';
import { latestReviews } from '../operations/required-reviews.ts';
import { rulesFor } from '../operations/rules.ts';
import { roleAtLeast, roleOf } from '../permissions.ts';
import type { Pull, Review } from '../types.ts';
import { actorLogin } from '../world.ts';
import { connect, type PageArgs } from './connection.ts';
import { conversationFields } from './conversation.ts';
import { type Fields, fieldsOf, type GraphContext, type GraphNode, node } from './fields.ts';
import { accountNode, commitNode, refNode, repositoryNode } from './nodes.ts';
import { reviewNode } from './reviews.ts';
import { pullState } from './select-pulls.ts';
import { rollupOf } from './statuses.ts';
import { timelineItems } from './timeline.ts';

export const pullRequestFields: Fields = {
  ...conversationFields('PullRequest', 'pull'),
  ...fieldsOf<Pull>({
    permalink: (it, _, { world }) => `${world.urls.repoHtml()}/pull/${it.number}`,
    fullDatabaseId: (it) => String(it.id),
    databaseId: (it) => it.id,
    state: (it) => pullState(it),
    closed: (it) => it.state === 'closed',
    isDraft: (it) => it.draft,
    isCrossRepository: () => false,
    maintainerCanModify: () => false,
    merged: (it) => it.merged,
    mergedAt: (it) => it.mergedAt,
    mergedBy: (it, _, context) => accountNode(context, it.mergedBy),
    mergeCommit: (it, _, context) => (it.merged ? commitNode(context, it.mergeCommitSha) : null),
    potentialMergeCommit: (it, _, context) => (it.merged ? null : commitNode(context, it.mergeCommitSha)),
    headRefName: (it) => it.headRef,
    headRefOid: (it) => it.headSha,
    headRef: (it, _, context) => refNode(context, `refs/heads/${it.headRef}`),
    headRepository: (_, __, context) => repositoryNode(context),
    headRepositoryOwner: (_, __, context) => accountNode(context, context.world.state.repo.owner),
    baseRefName: (it) => it.baseRef,
    baseRefOid: (it) => it.baseSha,
    baseRef: (it, _, context) => refNode(context, `refs/heads/${it.baseRef}`),
    baseRepository: (_, __, context) => repositoryNode(context),
    mergeable: async (it, _, { world }) => mergeableStates[String((await mergeability(world, it)).mergeable)],
    mergeStateStatus: async (it, _, { world }) => (await mergeability(world, it)).state.toUpperCase(),
    canBeRebased: async (it, _, { world }) => (await mergeability(world, it)).mergeable === true,
    autoMergeRequest: () => null,
    isInMergeQueue: (it) => it.queuedAt !== null,
    isMergeQueueEnabled: (it, _, context) => queueRequired(context, it),
    mergeQueue: (it, _, context) =>
      queueRequired(context, it) ? node('MergeQueue', { branch: it.baseRef }) : null,
    mergeQueueEntry: (it) => (it.queuedAt === null ? null : node('MergeQueueEntry', it)),
    commits: async (it, args: PageArgs, context, info) => {
      const oids = await context.world.git.revList(['--reverse', it.headSha, `^${it.baseSha}`]);
      return connect(oids, args, info, (oid) => node('PullRequestCommit', { pull: it, oid }));
    },
    files: async (it, args: PageArgs, context, info) =>
      connect(await changes(context, it), args, info, fileOf),
    changedFiles: async (it, _, context) => (await changes(context, it)).length,
    additions: async (it, _, context) => total(await changes(context, it), 'additions'),
    deletions: async (it, _, context) => total(await changes(context, it), 'deletions'),
    statusCheckRollup: (it, _, context) => rollupOf(context, it.headSha),
    reviews: (it, args: PageArgs & ReviewFilter, _, info) =>
      connect(
        it.reviews.filter((review) => passes(review, args)),
        args,
        info,
        (review) => reviewNode(it, review),
      ),
    latestReviews: (it, args: PageArgs, _, info) =>
      connect(latestOfEach(it), args, info, (review) => reviewNode(it, review)),
    latestOpinionatedReviews: (it, args: PageArgs & { writersOnly?: boolean | null }, { world }, info) => {
      const found = latestReviews(it).filter(
        (review) => !args.writersOnly || roleAtLeast(roleOf(world, review.user), 'write'),
      );
      return connect(found, args, info, (review) => reviewNode(it, review));
    },
    reviewDecision: (it, _, context) => decision(context, it),
    reviewRequests: (it, args: PageArgs, context, info) =>
      connect(requests(context, it), args, info, (reviewer) => node('ReviewRequest', { pull: it, reviewer })),
    timelineItems: (it, args: PageArgs, context, info) => timelineItems(context, it, args, info),
    reviewThreads: (_, args: PageArgs, __, info) => connect([], args, info),
    closingIssuesReferences: (_, args: PageArgs, __, info) => connect([], args, info),
    totalCommentsCount: (it, _, { world }) =>
      [...world.state.comments.values()].filter((comment) => comment.issueNumber === it.number).length,
    viewerCanUpdateBranch: () => true,
    viewerLatestReview: (it, _, { world, actor }) => {
      const mine = it.reviews.findLast((review) => review.user === actorLogin(world, actor));
      return mine ? reviewNode(it, mine) : null;
    },
  }),
};

const mergeableStates: Readonly<Record<string, string>> = {
  true: 'MERGEABLE',
  false: 'CONFLICTING',
  null: 'UNKNOWN',
};

interface ReviewFilter {
  readonly states?: readonly string[] | null;
  readonly author?: string | null;
}

function passes(review: Review, filter: ReviewFilter): boolean {
  const wanted = filter.states ?? ['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED'];
  return wanted.includes(review.state) && (filter.author == null || review.user === filter.author);
}

function latestOfEach(pull: Pull): readonly Review[] {
  const last = new Map(
    pull.reviews.filter((each) => each.state !== 'PENDING').map((each) => [each.user, each]),
  );
  return [...last.values()];
}

function requests(context: GraphContext, pull: Pull): readonly (GraphNode | null)[] {
  const teams = pull.requestedTeams.map((slug) => context.world.state.teams.get(slug));
  return [
    ...pull.requestedReviewers.map((login) => accountNode(context, login)),
    ...teams.map((team) => (team ? node('Team', team) : null)),
  ];
}

/** What the required reviews come to; null where none are required and nobody has an opinion. */
function decision({ world }: GraphContext, pull: Pull): string | null {
  const rules = rulesFor(world, `refs/heads/${pull.baseRef}`);
  const counts = rules.map(({ rule }) => Number(rule.parameters?.['required_approving_review_count'] ?? 0));
  const opinions = latestReviews(pull).filter((review) => roleAtLeast(roleOf(world, review.user), 'write'));
  if (opinions.some((review) => review.state === 'CHANGES_REQUESTED')) return 'CHANGES_REQUESTED';
  const approvals = opinions.filter((review) => review.state === 'APPROVED').length;
  const wanted = Math.max(0, ...counts);
  if (approvals > 0 && approvals >= wanted) return 'APPROVED';
  return wanted > 0 ? 'REVIEW_REQUIRED' : null;
}

function queueRequired({ world }: GraphContext, pull: Pull): boolean {
  return rulesFor(world, `refs/heads/${pull.baseRef}`).some(({ rule }) => rule.type === 'merge_queue');
}

type Change = Awaited<ReturnType<typeof changes>>[number];

async function changes({ world }: GraphContext, pull: Pull) {
  const base = (await world.git.mergeBase(pull.baseSha, pull.headSha)) ?? pull.baseSha;
  return world.git.diff(base, pull.headSha);
}

function total(files: readonly Change[], what: 'additions' | 'deletions'): number {
  return files.reduce((sum, file) => sum + file[what], 0);
}

function fileOf(file: Change): unknown {
  const changeType = file.status === 'removed' ? 'DELETED' : file.status.toUpperCase();
  return {
    path: file.path,
    additions: file.additions,
    deletions: file.deletions,
    changeType,
    viewerViewedState: 'UNVIEWED',
  };
}
