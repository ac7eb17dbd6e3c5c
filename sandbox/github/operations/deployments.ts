import type { Actor } from '../actor.ts';
import { emit } from '../events.ts';
import { conflict, notFound, unprocessable, validationFailed } from '../problem.ts';
import { renderDeployment, renderDeploymentStatus } from '../render/deployment.ts';
import { resolveCommit } from '../resolve.ts';
import type { Deployment, DeploymentStatus } from '../types.ts';
import { actorLogin, type GitHubWorld } from '../world.ts';
import { checkRunsOf, latestCheckRuns, latestStatuses, rollupState } from './check-summary.ts';
import { createCommit } from './commits.ts';
import { moveRefs } from './move-refs.ts';

export interface NewDeployment {
  readonly ref: string;
  readonly task: string;
  readonly autoMerge: boolean;
  /** Undefined asks for every check and status to be green, an empty list for none. */
  readonly requiredContexts: readonly string[] | undefined;
  readonly payload: unknown;
  readonly environment: string;
  readonly description: string | null;
  readonly transientEnvironment: boolean;
  readonly productionEnvironment: boolean;
}

/**
 * Makes a deployment, or brings the default branch into the ref first and says so, when `autoMerge` asks for it.
 *
 * @throws Problem 422 for an unknown ref; 409 when a check is not green or the branches conflict.
 */
export function createDeployment(
  world: GitHubWorld,
  actor: Actor,
  input: NewDeployment,
): Promise<Deployment | { readonly merged: string }> {
  return world.exclusive(async () => {
    const sha = await resolveCommit(world, world.state, input.ref);
    if (sha === undefined) throw unprocessable(`No ref found for: ${input.ref}`);
    if (input.autoMerge && (await mergeBase(world, actor, input.ref, sha)))
      return { merged: `Auto-merged ${world.state.repo.defaultBranch} into ${input.ref} on deployment.` };
    checkContexts(world, sha, input);
    const now = world.iso();
    const { environment, task, payload, description, transientEnvironment, productionEnvironment } = input;
    const deployment: Deployment = {
      id: world.state.nextId(),
      sha,
      ref: input.ref,
      task,
      payload,
      environment,
      originalEnvironment: environment,
      description,
      transientEnvironment,
      productionEnvironment,
      creator: actorLogin(world, actor),
      viaApp: actor.kind === 'installation' ? world.state.app.id : null,
      createdAt: now,
      updatedAt: now,
      statuses: [],
    };
    world.state.deployments.set(deployment.id, deployment);
    const shown = renderDeployment(world, deployment);
    emit(world, 'deployment', 'created', actor, { deployment: shown, workflow: null, workflow_run: null });
    return deployment;
  });
}

/** Whether the ref was a branch behind the default one, which is then merged into it. */
async function mergeBase(world: GitHubWorld, actor: Actor, branch: string, head: string): Promise<boolean> {
  const { state, git } = world;
  const ref = `refs/heads/${branch}`;
  const base = state.refs.get(`refs/heads/${state.repo.defaultBranch}`);
  if (base === undefined || state.refs.get(ref) !== head || (await git.isAncestor(base, head))) return false;
  const tree = await git.mergeTree(head, base);
  if (tree === undefined) throw conflict(`Conflict merging ${state.repo.defaultBranch} into ${branch}.`);
  const message = `Merge branch '${state.repo.defaultBranch}' into ${branch}`;
  const to = await createCommit(world, actor, { message, tree, parents: [head, base] });
  await moveRefs(world, actor, [{ ref, from: head, to }]);
  return true;
}

function checkContexts(world: GitHubWorld, sha: string, input: NewDeployment): void {
  const wanted = input.requiredContexts;
  const fits = (name: string): boolean => wanted === undefined || wanted.includes(name);
  const runs = latestCheckRuns(checkRunsOf(world.state, sha)).filter((run) => fits(run.name));
  const statuses = latestStatuses(world.state, sha).filter((status) => fits(status.context));
  const names = [...runs.map((run) => run.name), ...statuses.map((status) => status.context)];
  const missing = (wanted ?? []).some((name) => !names.includes(name));
  const state = rollupState(runs, statuses) ?? 'SUCCESS';
  if (missing || state !== 'SUCCESS')
    throw conflict(`Conflict: Commit status checks failed for ${input.ref}.`);
}

export interface NewDeploymentStatus {
  readonly state: DeploymentStatus['state'];
  readonly description: string;
  readonly environment?: string | undefined;
  readonly environmentUrl: string;
  readonly logUrl: string;
  /** A success makes the older deployments of the environment inactive. */
  readonly autoInactive: boolean;
}

/** @throws Problem 404 or 422. */
export function createDeploymentStatus(
  world: GitHubWorld,
  actor: Actor,
  id: number,
  input: NewDeploymentStatus,
): Promise<DeploymentStatus> {
  return world.exclusive(async () => {
    const deployment = deploymentOf(world, id);
    if (input.description.length > 140)
      throw validationFailed([
        {
          resource: 'DeploymentStatus',
          code: 'custom',
          field: 'description',
          message: 'description is too long (maximum is 140 characters)',
        },
      ]);
    const status = add(world, actor, deployment, input);
    if (input.state === 'success' && input.autoInactive) retireOthers(world, actor, deployment);
    return status;
  });
}

function add(
  world: GitHubWorld,
  actor: Actor,
  deployment: Deployment,
  input: Omit<NewDeploymentStatus, 'autoInactive'>,
): DeploymentStatus {
  const now = world.iso();
  const status: DeploymentStatus = {
    id: world.state.nextId(),
    state: input.state,
    description: input.description,
    environment: input.environment ?? deployment.environment,
    environmentUrl: input.environmentUrl,
    logUrl: input.logUrl,
    creator: actorLogin(world, actor),
    createdAt: now,
    updatedAt: now,
  };
  deployment.statuses.push(status);
  deployment.updatedAt = now;
  emit(world, 'deployment_status', 'created', actor, {
    deployment_status: renderDeploymentStatus(world, deployment, status),
    deployment: renderDeployment(world, deployment),
  });
  return status;
}

/** Only persistent environments other than production are retired. https://docs.github.com/rest/deployments/deployments#inactive-deployments */
function retireOthers(world: GitHubWorld, actor: Actor, newest: Deployment): void {
  const description = 'Deployment superseded';
  for (const each of world.state.deployments.values()) {
    const same = each.environment === newest.environment && each.id < newest.id;
    const stays = each.transientEnvironment || each.productionEnvironment;
    if (!same || stays || each.statuses.at(-1)?.state !== 'success') continue;
    add(world, actor, each, { state: 'inactive', description, environmentUrl: '', logUrl: '' });
  }
}

/** @throws Problem 404, or 422 for one that is still active beside others of its environment. */
export function deleteDeployment(world: GitHubWorld, id: number): Promise<void> {
  return world.exclusive(async () => {
    const deployment = deploymentOf(world, id);
    const others = [...world.state.deployments.values()].filter((each) => each !== deployment);
    const alone = !others.some((each) => each.environment === deployment.environment);
    const active = deployment.statuses.at(-1)?.state === 'success';
    if (active && !alone)
      throw unprocessable(
        'We cannot delete an active deployment unless it is the only deployment in a given environment.',
      );
    world.state.deployments.delete(id);
  });
}

/** @throws Problem 404. */
export function deploymentOf(world: GitHubWorld, id: number): Deployment {
  const deployment = world.state.deployments.get(id);
  if (!deployment) throw notFound();
  return deployment;
}
