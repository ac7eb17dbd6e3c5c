import { z } from 'zod';
import { createRef, deleteRef, updateRef } from '../operations/refs.ts';
import { type Ctx, created, noContent, notFound, ok, page, type Reply, type Route } from '../route.ts';

const read = { name: 'contents', level: 'read' } as const;
const write = { name: 'contents', level: 'write' } as const;

/** https://docs.github.com/rest/git/refs */
export const gitRefRoutes: readonly Route[] = [
  { method: 'GET', path: '/repos/:owner/:repo/git/ref/*', permission: read, handler: getRef },
  { method: 'GET', path: '/repos/:owner/:repo/git/matching-refs/*', permission: read, handler: matchingRefs },
  { method: 'POST', path: '/repos/:owner/:repo/git/refs', permission: write, handler: postRef },
  { method: 'PATCH', path: '/repos/:owner/:repo/git/refs/*', permission: write, handler: patchRef },
  { method: 'DELETE', path: '/repos/:owner/:repo/git/refs/*', permission: write, handler: removeRef },
];

async function renderRef(ctx: Ctx, ref: string, sha: string) {
  const type = (await ctx.world.git.object(sha))?.type ?? 'commit';
  const api = ctx.world.urls.repoApi();
  return {
    ref,
    node_id: ctx.state.nodeId('Ref', ref),
    url: `${api}/git/${ref}`,
    object: { sha, type, url: `${api}/git/${type}s/${sha}` },
  };
}

async function getRef(ctx: Ctx): Promise<Reply> {
  const ref = `refs/${ctx.param('*')}`;
  const sha = ctx.view.refs.get(ref);
  if (sha === undefined) throw notFound();
  return ok(await renderRef(ctx, ref, sha));
}

async function matchingRefs(ctx: Ctx): Promise<Reply> {
  const prefix = `refs/${ctx.param('*')}`;
  const rows = [...ctx.view.refs]
    .filter(([ref]) => ref.startsWith(prefix))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return page(ctx, await Promise.all(rows.map(([ref, sha]) => renderRef(ctx, ref, sha))));
}

const newRef = z.object({ ref: z.string(), sha: z.string() });
const movedRef = z.object({ sha: z.string(), force: z.boolean().optional() });

async function postRef(ctx: Ctx): Promise<Reply> {
  const { ref, sha } = await createRef(ctx.world, ctx.actor, ctx.parse(newRef));
  return created(await renderRef(ctx, ref, sha));
}

async function patchRef(ctx: Ctx): Promise<Reply> {
  const { sha, force = false } = ctx.parse(movedRef);
  const ref = `refs/${ctx.param('*')}`;
  await updateRef(ctx.world, ctx.actor, { ref, sha, force });
  return ok(await renderRef(ctx, ref, sha));
}

async function removeRef(ctx: Ctx): Promise<Reply> {
  await deleteRef(ctx.world, ctx.actor, `refs/${ctx.param('*')}`);
  return noContent();
}
