import { z } from 'zod';
import { mergePull } from '../operations/merge.ts';
import { createPull, editPull, updatePullBranch } from '../operations/pulls.ts';

import { renderCommit, renderDiffFile } from '../render/commit.ts';
import { renderPull, renderPullSimple } from '../render/pull.ts';
import { commitOf } from '../resolve.ts';
import { type Ctx, created, noContent, notFound, ok, page, type Reply, type Route } from '../route.ts';
import type { Pull } from '../types.ts';
import { asText } from './diff-text.ts';

const read = { name: 'pull_requests', level: 'read' } as const;
const write = { name: 'pull_requests', level: 'write' } as const;
const contents = { name: 'contents', level: 'write' } as const;
const one = '/repos/:owner/:repo/pulls/:pull_number';

/** https://docs.github.com/rest/pulls/pulls */
export const pullRoutes: readonly Route[] = [
  { method: 'GET', path: '/repos/:owner/:repo/pulls', permission: read, handler: listPulls },
  { method: 'POST', path: '/repos/:owner/:repo/pulls', permission: write, creates: true, handler: postPull },
  { method: 'GET', path: one, permission: read, handler: getPull },
  { method: 'PATCH', path: one, permission: write, handler: patchPull },
  { method: 'GET', path: `${one}/files`, permission: read, handler: listFiles },
  { method: 'GET', path: `${one}/commits`, permission: read, handler: listCommits },
  { method: 'GET', path: `${one}/merge`, permission: read, handler: getMerged },
  { method: 'PUT', path: `${one}/merge`, permission: contents, handler: putMerge },
  { method: 'PUT', path: `${one}/update-branch`, permission: write, handler: putUpdateBranch },
];

/** As the asker sees it. @throws Problem 404. */
export function viewedPull(ctx: Ctx): Pull {
  const pull = ctx.view.pulls.get(ctx.number('pull_number'));
  if (!pull) throw notFound();
  return pull;
}

async function listPulls(ctx: Ctx): Promise<Reply> {
  const state = ctx.query.get('state') ?? 'open';
  const head = ctx.query.get('head')?.replace(`${ctx.state.repo.owner}:`, '');
  const base = ctx.query.get('base');
  const rows = [...ctx.view.pulls.values()]
    .filter((pull) => state === 'all' || pull.state === state)
    .filter((pull) => head === undefined || pull.headRef === head)
    .filter((pull) => base === null || pull.baseRef === base)
    .toSorted(orderOf(ctx));
  const reply = page(ctx, rows, (slice) => slice);
  const slice: readonly Pull[] = Array.isArray(reply.body) ? reply.body : [];
  return { ...reply, body: await Promise.all(slice.map((pull) => renderPullSimple(ctx.world, pull))) };
}

function orderOf(ctx: Ctx): (a: Pull, b: Pull) => number {
  const sort = ctx.query.get('sort') ?? 'created';
  const way = (ctx.query.get('direction') ?? (sort === 'created' ? 'desc' : 'asc')) === 'asc' ? 1 : -1;
  const key = (pull: Pull): string => (sort === 'updated' ? pull.updatedAt : pull.createdAt);
  return (a, b) => way * (key(a).localeCompare(key(b)) || a.number - b.number);
}

const newPull = z.object({
  title: z.string(),
  head: z.string(),
  base: z.string(),
  body: z.string().nullable().optional(),
  draft: z.boolean().optional(),
});

async function postPull(ctx: Ctx): Promise<Reply> {
  const pull = await createPull(ctx.world, ctx.actor, ctx.parse(newPull));
  return created(await renderPull(ctx.world, pull));
}

async function getPull(ctx: Ctx): Promise<Reply> {
  const pull = viewedPull(ctx);
  const base = (await ctx.world.git.mergeBase(pull.baseSha, pull.headSha)) ?? pull.baseSha;
  return (await asText(ctx, base, pull.headSha)) ?? ok(await renderPull(ctx.world, pull));
}

const change = z.object({
  title: z.string().optional(),
  body: z.string().nullable().optional(),
  state: z.enum(['open', 'closed']).optional(),
  base: z.string().optional(),
});

async function patchPull(ctx: Ctx): Promise<Reply> {
  return ok(
    await renderPull(
      ctx.world,
      await editPull(ctx.world, ctx.actor, ctx.number('pull_number'), ctx.parse(change)),
    ),
  );
}

async function listFiles(ctx: Ctx): Promise<Reply> {
  const pull = viewedPull(ctx);
  const base = (await ctx.world.git.mergeBase(pull.baseSha, pull.headSha)) ?? pull.baseSha;
  const files = await ctx.world.git.diff(base, pull.headSha);
  return page(ctx, files, (slice) => slice.map((file) => renderDiffFile(ctx.world, file, pull.headSha)));
}

async function listCommits(ctx: Ctx): Promise<Reply> {
  const pull = viewedPull(ctx);
  const shas = await ctx.world.git.log(pull.headSha, [pull.baseSha], { oldestFirst: true });
  const commits = shas.map(async (sha) => renderCommit(ctx.world, await commitOf(ctx.world, ctx.view, sha)));
  return page(ctx, await Promise.all(commits));
}

/** 204 when merged, else 404. */
function getMerged(ctx: Ctx): Reply {
  if (!viewedPull(ctx).merged) throw notFound();
  return noContent();
}

const merge = z.object({
  merge_method: z.enum(['merge', 'squash', 'rebase']).default('merge'),
  sha: z.string().optional(),
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
});

async function putMerge(ctx: Ctx): Promise<Reply> {
  const input = ctx.parse(merge);
  const sha = await mergePull(ctx.world, ctx.actor, ctx.number('pull_number'), {
    method: input.merge_method,
    sha: input.sha,
    title: input.commit_title,
    message: input.commit_message,
  });
  return ok({ sha, merged: true, message: 'Pull Request successfully merged' });
}

const update = z.object({ expected_head_sha: z.string().optional() });

async function putUpdateBranch(ctx: Ctx): Promise<Reply> {
  const { expected_head_sha: expected } = ctx.parse(update);
  const number = ctx.number('pull_number');
  await updatePullBranch(ctx.world, ctx.actor, number, expected);
  return {
    status: 202,
    body: { message: 'Updating pull request branch.', url: `${ctx.world.urls.repoHtml()}/pull/${number}` },
  };
}
