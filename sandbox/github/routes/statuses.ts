import { z } from 'zod';
import { combinedState, latestStatuses } from '../operations/check-summary.ts';
import { createStatus } from '../operations/statuses.ts';
import { renderMinimalRepository } from '../render/repository.ts';
import { renderSimpleStatus, renderStatus } from '../render/status.ts';
import { commitOf } from '../resolve.ts';
import { type Ctx, created, ok, page, type Reply, type Route } from '../route.ts';

const read = { name: 'statuses', level: 'read' } as const;
const write = { name: 'statuses', level: 'write' } as const;

/** https://docs.github.com/rest/commits/statuses */
export const statusRoutes: readonly Route[] = [
  { method: 'POST', path: '/repos/:owner/:repo/statuses/:sha', permission: write, handler: postStatus },
  {
    method: 'GET',
    path: '/repos/:owner/:repo/commits/:ref/statuses',
    permission: read,
    handler: listStatuses,
  },
  { method: 'GET', path: '/repos/:owner/:repo/commits/:ref/status', permission: read, handler: getCombined },
];

const newStatus = z.object({
  state: z.enum(['error', 'failure', 'pending', 'success']),
  context: z.string().default('default'),
  description: z.string().nullish(),
  target_url: z.string().nullish(),
});

async function postStatus(ctx: Ctx): Promise<Reply> {
  const { target_url: targetUrl, description, ...body } = ctx.parse(newStatus);
  const { oid } = await commitOf(ctx.world, ctx.view, ctx.param('sha'));
  const input = { ...body, description: description ?? null, targetUrl: targetUrl ?? null };
  return created(renderStatus(ctx.world, await createStatus(ctx.world, ctx.actor, oid, input)));
}

async function listStatuses(ctx: Ctx): Promise<Reply> {
  const { oid } = await commitOf(ctx.world, ctx.view, ctx.param('ref'));
  const found = ctx.state.statuses.filter((status) => status.sha === oid).reverse();
  return page(ctx, found, (slice) => slice.map((status) => renderStatus(ctx.world, status)));
}

async function getCombined(ctx: Ctx): Promise<Reply> {
  const { oid } = await commitOf(ctx.world, ctx.view, ctx.param('ref'));
  const latest = latestStatuses(ctx.state, oid);
  const api = ctx.world.urls.repoApi();
  return ok({
    state: combinedState(latest),
    statuses: latest.map((status) => renderSimpleStatus(ctx.world, status)),
    sha: oid,
    total_count: latest.length,
    repository: renderMinimalRepository(ctx.world),
    commit_url: `${api}/commits/${oid}`,
    url: `${api}/commits/${oid}/status`,
  });
}
