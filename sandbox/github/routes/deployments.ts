import { z } from 'zod';
import {
  createDeployment,
  createDeploymentStatus,
  deleteDeployment,
  deploymentOf,
} from '../operations/deployments.ts';
import { renderDeployment, renderDeploymentStatus } from '../render/deployment.ts';
import { type Ctx, created, noContent, notFound, ok, page, type Reply, type Route } from '../route.ts';

const read = { name: 'deployments', level: 'read' } as const;
const write = { name: 'deployments', level: 'write' } as const;
const base = '/repos/:owner/:repo/deployments';

/** https://docs.github.com/rest/deployments */
export const deploymentRoutes: readonly Route[] = [
  { method: 'GET', path: base, permission: read, handler: listDeployments },
  { method: 'POST', path: base, permission: write, handler: postDeployment },
  { method: 'GET', path: `${base}/:deployment_id`, permission: read, handler: getDeployment },
  { method: 'DELETE', path: `${base}/:deployment_id`, permission: write, handler: removeDeployment },
  { method: 'GET', path: `${base}/:deployment_id/statuses`, permission: read, handler: listStatuses },
  { method: 'POST', path: `${base}/:deployment_id/statuses`, permission: write, handler: postStatus },
  { method: 'GET', path: `${base}/:deployment_id/statuses/:status_id`, permission: read, handler: getStatus },
];

const newDeployment = z.object({
  ref: z.string(),
  task: z.string().default('deploy'),
  auto_merge: z.boolean().default(true),
  required_contexts: z.array(z.string()).optional(),
  payload: z.unknown().default({}),
  environment: z.string().default('production'),
  description: z.string().nullish(),
  transient_environment: z.boolean().default(false),
  production_environment: z.boolean().optional(),
});

const newStatus = z.object({
  state: z.enum(['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success']),
  target_url: z.string().optional(),
  log_url: z.string().optional(),
  description: z.string().default(''),
  environment: z.string().optional(),
  environment_url: z.string().default(''),
  auto_inactive: z.boolean().default(true),
});

function listDeployments(ctx: Ctx): Reply {
  const { query } = ctx;
  const found = [...ctx.state.deployments.values()].filter(
    (each) =>
      (query.get('sha') ?? each.sha) === each.sha &&
      (query.get('ref') ?? each.ref) === each.ref &&
      (query.get('task') ?? each.task) === each.task &&
      (query.get('environment') ?? each.environment) === each.environment,
  );
  return page(ctx, found.reverse(), (slice) => slice.map((each) => renderDeployment(ctx.world, each)));
}

async function postDeployment(ctx: Ctx): Promise<Reply> {
  const body = ctx.parse(newDeployment);
  const made = await createDeployment(ctx.world, ctx.actor, {
    ref: body.ref,
    task: body.task,
    autoMerge: body.auto_merge,
    requiredContexts: body.required_contexts,
    payload: body.payload,
    environment: body.environment,
    description: body.description ?? null,
    transientEnvironment: body.transient_environment,
    productionEnvironment: body.production_environment ?? body.environment === 'production',
  });
  if ('merged' in made) return { status: 202, body: { message: made.merged } };
  return created(renderDeployment(ctx.world, made));
}

function getDeployment(ctx: Ctx): Reply {
  return ok(renderDeployment(ctx.world, deploymentOf(ctx.world, ctx.number('deployment_id'))));
}

async function removeDeployment(ctx: Ctx): Promise<Reply> {
  await deleteDeployment(ctx.world, ctx.number('deployment_id'));
  return noContent();
}

function listStatuses(ctx: Ctx): Reply {
  const deployment = deploymentOf(ctx.world, ctx.number('deployment_id'));
  return page(ctx, deployment.statuses.toReversed(), (slice) =>
    slice.map((status) => renderDeploymentStatus(ctx.world, deployment, status)),
  );
}

async function postStatus(ctx: Ctx): Promise<Reply> {
  const {
    log_url,
    target_url,
    environment_url: environmentUrl,
    auto_inactive: autoInactive,
    ...body
  } = ctx.parse(newStatus);
  const id = ctx.number('deployment_id');
  const input = { ...body, environmentUrl, autoInactive, logUrl: log_url ?? target_url ?? '' };
  const status = await createDeploymentStatus(ctx.world, ctx.actor, id, input);
  return created(renderDeploymentStatus(ctx.world, deploymentOf(ctx.world, id), status));
}

function getStatus(ctx: Ctx): Reply {
  const deployment = deploymentOf(ctx.world, ctx.number('deployment_id'));
  const status = deployment.statuses.find((each) => each.id === ctx.number('status_id'));
  if (!status) throw notFound();
  return ok(renderDeploymentStatus(ctx.world, deployment, status));
}
