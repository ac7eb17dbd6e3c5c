import type { GraphQLResolveInfo } from 'graphql';
import { checkRunsOf, latestCheckRuns, latestStatuses, rollupState } from '../operations/check-summary.ts';
import type { CheckRun, CommitStatus } from '../types.ts';
import { connect, type PageArgs } from './connection.ts';
import { type Fields, fieldsOf, type GraphContext, type GraphNode, node } from './fields.ts';
import { isRequired, type PullArgs } from './is-required.ts';
import { accountNode, commitNode } from './nodes.ts';

interface ShaView {
  readonly sha: string;
}

export function rollupOf({ world }: GraphContext, sha: string): GraphNode | null {
  const runs = latestCheckRuns(checkRunsOf(world.state, sha));
  const statuses = latestStatuses(world.state, sha);
  return rollupState(runs, statuses) === undefined
    ? null
    : node('StatusCheckRollup', { sha } satisfies ShaView);
}

export function statusOf({ world }: GraphContext, sha: string): GraphNode | null {
  return latestStatuses(world.state, sha).length > 0 ? node('Status', { sha } satisfies ShaView) : null;
}

function contextsOf({ world }: GraphContext, sha: string): readonly GraphNode[] {
  return [
    ...latestCheckRuns(checkRunsOf(world.state, sha)).map((run) => node('CheckRun', run)),
    ...latestStatuses(world.state, sha).map((status) => node('StatusContext', status)),
  ];
}

function contextPage(context: GraphContext, sha: string, args: PageArgs, info: GraphQLResolveInfo) {
  const all = contextsOf(context, sha);
  const runs = all.filter((each) => each.__typename === 'CheckRun').length;
  return {
    ...connect(all, args, info),
    checkRunCount: runs,
    statusContextCount: all.length - runs,
  };
}

function stateOf({ world }: GraphContext, sha: string, runs: readonly CheckRun[]): string {
  return rollupState(runs, latestStatuses(world.state, sha)) ?? 'PENDING';
}

export const rollupFields: Fields = fieldsOf<ShaView>({
  id: (it) => `SCR_${Buffer.from(it.sha).toString('base64url')}`,
  state: (it, _, context) =>
    stateOf(context, it.sha, latestCheckRuns(checkRunsOf(context.world.state, it.sha))),
  commit: (it, _, context) => commitNode(context, it.sha),
  contexts: (it, args: PageArgs, context, info) => contextPage(context, it.sha, args, info),
});

export const statusFields: Fields = fieldsOf<ShaView>({
  id: (it) => `ST_${Buffer.from(it.sha).toString('base64url')}`,
  state: (it, _, context) => stateOf(context, it.sha, []),
  commit: (it, _, context) => commitNode(context, it.sha),
  contexts: (it, _, { world }) =>
    latestStatuses(world.state, it.sha).map((status) => node('StatusContext', status)),
  context: (it, args: { name: string }, { world }) => {
    const found = latestStatuses(world.state, it.sha).find((status) => status.context === args.name);
    return found ? node('StatusContext', found) : null;
  },
  combinedContexts: (it, args: PageArgs, context, info) => contextPage(context, it.sha, args, info),
});

export const statusContextFields: Fields = fieldsOf<CommitStatus>({
  id: (it, _, { world }) => world.state.nodeId('StatusContext', it.id),
  context: (it) => it.context,
  state: (it) => it.state.toUpperCase(),
  description: (it) => it.description,
  targetUrl: (it) => it.targetUrl,
  createdAt: (it) => it.createdAt,
  creator: (it, _, context) => accountNode(context, it.creator),
  commit: (it, _, context) => commitNode(context, it.sha),
  isRequired: (it, args: PullArgs, context) => isRequired(context, args, it.context, null),
});
