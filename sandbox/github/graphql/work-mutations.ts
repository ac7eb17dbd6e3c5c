import { createCheckRun, updateCheckRun } from '../operations/check-runs.ts';
import { createDeployment, createDeploymentStatus } from '../operations/deployments.ts';
import { dequeuePull, enqueuePull } from '../operations/merge-queue.ts';
import type { CheckRun, Deployment, DeploymentStatus } from '../types.ts';
import { type CheckRunInput, toChange } from './check-run-input.ts';
import { type Fields, node } from './fields.ts';
import { contents, mutation, nodeOf, pullById, refById, repositoryById } from './mutation.ts';

const checks = { name: 'checks', level: 'write' } as const;
const deployments = { name: 'deployments', level: 'write' } as const;

interface DeploymentInput {
  readonly repositoryId: string;
  readonly refId: string;
  readonly task?: string | null;
  readonly autoMerge?: boolean | null;
  readonly requiredContexts?: readonly string[] | null;
  readonly payload?: string | null;
  readonly environment?: string | null;
  readonly description?: string | null;
}

interface StatusInput {
  readonly deploymentId: string;
  readonly state: string;
  readonly description?: string | null;
  readonly environment?: string | null;
  readonly environmentUrl?: string | null;
  readonly logUrl?: string | null;
  readonly autoInactive?: boolean | null;
}

const states: Readonly<Record<string, DeploymentStatus['state']>> = {
  ERROR: 'error',
  FAILURE: 'failure',
  INACTIVE: 'inactive',
  IN_PROGRESS: 'in_progress',
  QUEUED: 'queued',
  PENDING: 'pending',
  SUCCESS: 'success',
};

/** Mutations of checks, deployments and the merge queue. */
export const workMutations: Fields = {
  createCheckRun: mutation<CheckRunInput & { name: string; headSha: string; repositoryId: string }>(
    checks,
    async (input, context) => {
      await repositoryById(context, input.repositoryId);
      const change = { ...toChange(input), name: input.name };
      return {
        checkRun: node('CheckRun', await createCheckRun(context.world, context.actor, input.headSha, change)),
      };
    },
  ),
  updateCheckRun: mutation<CheckRunInput & { checkRunId: string; repositoryId: string }>(
    checks,
    async (input, context) => {
      const { id } = await nodeOf<CheckRun>(context, input.checkRunId, 'CheckRun');
      return {
        checkRun: node('CheckRun', await updateCheckRun(context.world, context.actor, id, toChange(input))),
      };
    },
  ),
  createDeployment: mutation<DeploymentInput>(deployments, async (input, context) => {
    await repositoryById(context, input.repositoryId);
    const { name } = await refById(context, input.refId);
    const environment = input.environment ?? 'production';
    const made = await createDeployment(context.world, context.actor, {
      ref: name.replace(/^refs\/(heads|tags)\//, ''),
      task: input.task ?? 'deploy',
      autoMerge: input.autoMerge ?? true,
      requiredContexts: input.requiredContexts ?? undefined,
      payload: input.payload ?? '{}',
      environment,
      description: input.description ?? '',
      transientEnvironment: false,
      productionEnvironment: environment === 'production',
    });
    if ('merged' in made) return { autoMerged: true, deployment: null };
    return { autoMerged: false, deployment: node('Deployment', made) };
  }),
  createDeploymentStatus: mutation<StatusInput>(deployments, async (input, context) => {
    const deployment = await nodeOf<Deployment>(context, input.deploymentId, 'Deployment');
    const status = await createDeploymentStatus(context.world, context.actor, deployment.id, {
      state: states[input.state] ?? 'pending',
      description: input.description ?? '',
      environment: input.environment ?? undefined,
      environmentUrl: input.environmentUrl ?? '',
      logUrl: input.logUrl ?? '',
      autoInactive: input.autoInactive ?? true,
    });
    return { deploymentStatus: node('DeploymentStatus', { deployment, status }) };
  }),
  enqueuePullRequest: mutation<{ pullRequestId: string; expectedHeadOid?: string | null }>(
    contents,
    async (input, context) => {
      const { number } = await pullById(context, input.pullRequestId);
      const pull = await enqueuePull(
        context.world,
        context.actor,
        number,
        input.expectedHeadOid ?? undefined,
      );
      return { mergeQueueEntry: pull.queuedAt === null ? null : node('MergeQueueEntry', pull) };
    },
  ),
  dequeuePullRequest: mutation<{ id: string }>(contents, async (input, context) => {
    const { number } = await pullById(context, input.id);
    await dequeuePull(context.world, context.actor, number);
    return { mergeQueueEntry: null };
  }),
};
