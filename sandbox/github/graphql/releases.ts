import { queueOf } from '../operations/merge-queue.ts';
import { latestRelease } from '../operations/releases.ts';
import { releaseUrl } from '../render/release.ts';
import type { Deployment, DeploymentStatus, Pull, Release } from '../types.ts';
import { connect, type PageArgs } from './connection.ts';
import { type Fields, fieldsOf, node } from './fields.ts';
import { accountNode, commitNode, refNode, repositoryNode, userNode } from './nodes.ts';

export const releaseFields: Fields = fieldsOf<Release>({
  id: (it, _, { world }) => world.state.nodeId('Release', it.id),
  databaseId: (it) => it.id,
  name: (it) => it.name,
  tagName: (it) => it.tagName,
  description: (it) => it.body,
  isDraft: (it) => it.draft,
  isPrerelease: (it) => it.prerelease,
  isLatest: (it, _, context) => latestRelease(context.world)?.id === it.id,
  author: (it, _, context) => userNode(context, it.author),
  createdAt: (it) => it.createdAt,
  updatedAt: (it) => it.updatedAt,
  publishedAt: (it) => it.publishedAt,
  tag: (it, _, context) => refNode(context, `refs/tags/${it.tagName}`),
  tagCommit: async (it, _, context) => {
    const oid = context.view.refs.get(`refs/tags/${it.tagName}`);
    return oid === undefined ? null : commitNode(context, (await context.world.git.peel(oid)) ?? null);
  },
  releaseAssets: (_, args: PageArgs, __, info) => connect([], args, info),
  repository: (_, __, context) => repositoryNode(context),
  url: (it, _, { world }) => releaseUrl(world, it),
  resourcePath: (it, _, { world }) => new URL(releaseUrl(world, it)).pathname,
});

export const deploymentFields: Fields = fieldsOf<Deployment>({
  id: (it, _, { world }) => world.state.nodeId('Deployment', it.id),
  databaseId: (it) => it.id,
  commit: (it, _, context) => commitNode(context, it.sha),
  commitOid: (it) => it.sha,
  createdAt: (it) => it.createdAt,
  updatedAt: (it) => it.updatedAt,
  creator: (it, _, context) => accountNode(context, it.creator),
  description: (it) => it.description,
  environment: (it) => it.environment,
  latestEnvironment: (it) => it.environment,
  originalEnvironment: (it) => it.originalEnvironment,
  task: (it) => it.task,
  payload: (it) => (typeof it.payload === 'string' ? it.payload : JSON.stringify(it.payload)),
  ref: (it, _, context) =>
    refNode(context, `refs/heads/${it.ref}`) ?? refNode(context, `refs/tags/${it.ref}`),
  repository: (_, __, context) => repositoryNode(context),
  state: (it) => deploymentState(it.statuses.at(-1)),
  latestStatus: (it) => {
    const status = it.statuses.at(-1);
    return status ? node('DeploymentStatus', { deployment: it, status }) : null;
  },
  statuses: (it, args: PageArgs, _, info) =>
    connect(it.statuses.toReversed(), args, info, (status) =>
      node('DeploymentStatus', { deployment: it, status }),
    ),
});

/** A deployment that succeeded is called ACTIVE. */
function deploymentState(status: DeploymentStatus | undefined): string {
  if (!status) return 'PENDING';
  return status.state === 'success' ? 'ACTIVE' : status.state.toUpperCase();
}

interface StatusView {
  readonly deployment: Deployment;
  readonly status: DeploymentStatus;
}

export const deploymentStatusFields: Fields = fieldsOf<StatusView>({
  id: ({ status }, _, { world }) => world.state.nodeId('DeploymentStatus', status.id),
  state: ({ status }) => status.state.toUpperCase(),
  description: ({ status }) => status.description,
  environment: ({ status }) => status.environment,
  environmentUrl: ({ status }) => status.environmentUrl || null,
  logUrl: ({ status }) => status.logUrl || null,
  createdAt: ({ status }) => status.createdAt,
  updatedAt: ({ status }) => status.updatedAt,
  creator: ({ status }, _, context) => accountNode(context, status.creator),
  deployment: ({ deployment }) => node('Deployment', deployment),
});

interface QueueView {
  readonly branch: string;
}

export const mergeQueueFields: Fields = fieldsOf<QueueView>({
  id: (it) => `MQ_${Buffer.from(it.branch).toString('base64url')}`,
  repository: (_, __, context) => repositoryNode(context),
  url: (it, _, { world }) => `${world.urls.repoHtml()}/queue/${it.branch}`,
  resourcePath: (it, _, { world }) => new URL(`${world.urls.repoHtml()}/queue/${it.branch}`).pathname,
  nextEntryEstimatedTimeToMerge: () => null,
  entries: (it, args: PageArgs, context, info) =>
    connect(queueOf(context.view.pulls.values(), it.branch), args, info, (pull) =>
      node('MergeQueueEntry', pull),
    ),
});

export const mergeQueueEntryFields: Fields = fieldsOf<Pull>({
  id: (it, _, { world }) => world.state.nodeId('MergeQueueEntry', it.number),
  enqueuedAt: (it) => it.queuedAt,
  enqueuer: (_, __, context) => accountNode(context, context.world.state.botLogin()),
  position: (it, _, context) =>
    queueOf(context.view.pulls.values(), it.baseRef).findIndex((pull) => pull.number === it.number) + 1,
  state: () => 'AWAITING_CHECKS',
  jump: () => false,
  solo: () => false,
  estimatedTimeToMerge: () => null,
  baseCommit: (it, _, context) => commitNode(context, it.baseSha),
  headCommit: (it, _, context) => commitNode(context, it.headSha),
  mergeQueue: (it) => node('MergeQueue', { branch: it.baseRef } satisfies QueueView),
  pullRequest: (it) => node('PullRequest', it),
});
