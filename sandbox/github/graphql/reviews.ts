import { roleAtLeast, roleOf } from '../permissions.ts';
import type { Pull, Review } from '../types.ts';
import { actorLogin } from '../world.ts';
import { connect, type PageArgs } from './connection.ts';
import { type Fields, fieldsOf, type GraphNode, node } from './fields.ts';
import { accountNode, commitNode, gitObjectNode, repositoryNode } from './nodes.ts';

export function reviewNode(pull: Pull, review: Review): GraphNode {
  return node('PullRequestReview', { pull, review });
}

export const pullRequestCommitFields: Fields = fieldsOf<{ readonly pull: Pull; readonly oid: string }>({
  id: (it) => `PURC_${Buffer.from(`${it.pull.number}:${it.oid}`).toString('base64url')}`,
  commit: (it, _, context) => gitObjectNode(context, it.oid),
  pullRequest: (it) => node('PullRequest', it.pull),
  url: (it, _, { world }) => `${world.urls.repoHtml()}/pull/${it.pull.number}/commits/${it.oid}`,
  resourcePath: (it, _, { world }) =>
    new URL(`${world.urls.repoHtml()}/pull/${it.pull.number}/commits/${it.oid}`).pathname,
});

export const reviewRequestFields: Fields = fieldsOf<{
  readonly pull: Pull;
  readonly reviewer: GraphNode | null;
}>({
  id: (it) =>
    `RR_${Buffer.from(`${it.pull.number}:${JSON.stringify(it.reviewer?.it)}`)
      .toString('base64url')
      .slice(0, 24)}`,
  databaseId: () => null,
  asCodeOwner: () => false,
  pullRequest: (it) => node('PullRequest', it.pull),
  requestedReviewer: (it) => it.reviewer,
});

interface ReviewView {
  readonly pull: Pull;
  readonly review: Review;
}

export const reviewFields: Fields = fieldsOf<ReviewView>({
  id: ({ review }, _, { world }) => world.state.nodeId('PullRequestReview', review.id),
  databaseId: ({ review }) => review.id,
  fullDatabaseId: ({ review }) => String(review.id),
  author: ({ review }, _, context) => accountNode(context, review.user),
  body: ({ review }) => review.body,
  bodyText: ({ review }) => review.body,
  state: ({ review }) => review.state,
  submittedAt: ({ review }) => review.submittedAt,
  createdAt: ({ pull, review }) => review.submittedAt ?? pull.updatedAt,
  updatedAt: ({ pull, review }) => review.submittedAt ?? pull.updatedAt,
  publishedAt: ({ review }) => review.submittedAt,
  commit: ({ review }, _, context) => commitNode(context, review.commitId),
  pullRequest: ({ pull }) => node('PullRequest', pull),
  repository: (_, __, context) => repositoryNode(context),
  authorCanPushToRepository: ({ review }, _, { world }) => roleAtLeast(roleOf(world, review.user), 'write'),
  onBehalfOf: (_, args: PageArgs, __, info) => connect([], args, info),
  comments: (_, args: PageArgs, __, info) => connect([], args, info),
  viewerDidAuthor: ({ review }, _, { world, actor }) => review.user === actorLogin(world, actor),
  url: ({ pull, review }, _, { world }) =>
    `${world.urls.repoHtml()}/pull/${pull.number}#pullrequestreview-${review.id}`,
});
