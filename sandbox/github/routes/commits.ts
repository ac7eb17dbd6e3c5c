import { emptyTree, renderCommit, renderCommitWithFiles, renderDiffFile } from '../render/commit.ts';
import { renderPullSimple } from '../render/pull.ts';
import { commitOf, resolveCommit } from '../resolve.ts';
import { type Ctx, notFound, ok, page, type Reply, type Route } from '../route.ts';
import { asText } from './diff-text.ts';

const read = { name: 'contents', level: 'read' } as const;
const readPulls = { name: 'pull_requests', level: 'read' } as const;

/** GitHub compares at most 250 commits and 300 files. */
const mostCommits = 250;
const mostFiles = 300;

/** https://docs.github.com/rest/commits */
export const commitRoutes: readonly Route[] = [
  { method: 'GET', path: '/repos/:owner/:repo/commits', permission: read, handler: listCommits },
  { method: 'GET', path: '/repos/:owner/:repo/commits/:ref', permission: read, handler: getCommit },
  {
    method: 'GET',
    path: '/repos/:owner/:repo/commits/:commit_sha/pulls',
    permission: readPulls,
    handler: listPulls,
  },
  { method: 'GET', path: '/repos/:owner/:repo/compare/*', permission: read, handler: compare },
];

async function listCommits(ctx: Ctx): Promise<Reply> {
  const start = await resolveCommit(ctx.world, ctx.view, ctx.query.get('sha') ?? 'HEAD');
  if (start === undefined) throw notFound();
  const path = ctx.query.get('path');
  const args = [start];
  for (const bound of ['since', 'until'] as const) {
    const at = Date.parse(ctx.query.get(bound) ?? '');
    if (!Number.isNaN(at)) args.push(`--${bound}=${Math.floor(at / 1000)}`);
  }
  const plain = args.length === 1 && !path;
  const shas = plain ? await ctx.world.git.log(start) : await ctx.world.git.revList(args, path ? [path] : []);
  const reply = page(ctx, shas);
  const slice: readonly string[] = Array.isArray(reply.body) ? reply.body : [];
  return {
    ...reply,
    body: await Promise.all(
      slice.map(async (sha) => renderCommit(ctx.world, await commitOf(ctx.world, ctx.view, sha))),
    ),
  };
}

async function getCommit(ctx: Ctx): Promise<Reply> {
  const commit = await commitOf(ctx.world, ctx.view, ctx.param('ref'));
  const text = await asText(ctx, commit.parents[0] ?? emptyTree, commit.oid);
  if (text) return text;
  if ((ctx.headers['accept'] ?? '').includes('.sha')) {
    return {
      status: 200,
      raw: commit.oid,
      headers: { 'content-type': 'application/vnd.github.v3.sha; charset=utf-8' },
    };
  }
  return ok(await renderCommitWithFiles(ctx.world, commit));
}

/** The one whose merge made the commit, else every one that holds it. */
async function listPulls(ctx: Ctx): Promise<Reply> {
  const { oid } = await commitOf(ctx.world, ctx.view, ctx.param('commit_sha'));
  const pulls = [...ctx.view.pulls.values()];
  const found = pulls.filter((pull) => pull.mergeCommitSha === oid);
  for (const pull of found.length > 0 ? [] : pulls) {
    if (await holds(ctx, pull.baseSha, pull.headSha, oid)) found.push(pull);
  }
  return page(ctx, await Promise.all(found.map((pull) => renderPullSimple(ctx.world, pull))));
}

async function holds(ctx: Ctx, base: string, head: string, sha: string): Promise<boolean> {
  return (await ctx.world.git.log(head, [base])).includes(sha);
}

async function compare(ctx: Ctx): Promise<Reply> {
  const { owner } = ctx.state.repo;
  const [left = '', right] = ctx.param('*').split('...');
  if (right === undefined) throw notFound();
  const [baseSha, headSha] = await Promise.all(
    [left, right].map((text) => resolveCommit(ctx.world, ctx.view, text.replace(`${owner}:`, ''))),
  );
  if (baseSha === undefined || headSha === undefined) throw notFound();
  const { git, urls } = ctx.world;
  const mergeBase = await git.mergeBase(baseSha, headSha);
  if (mergeBase === undefined) throw notFound();
  const text = await asText(ctx, mergeBase, headSha);
  if (text) return text;
  const { ahead, behind } = await git.aheadBehind(baseSha, headSha);
  const shas = (await git.log(headSha, [baseSha], { oldestFirst: true })).slice(-mostCommits);
  const render = async (sha: string) => renderCommit(ctx.world, await commitOf(ctx.world, ctx.view, sha));
  const files = (await git.diff(mergeBase, headSha)).slice(0, mostFiles);
  const range = `${left}...${right}`;
  const html = `${urls.repoHtml()}/compare/${range}`;
  return ok({
    url: `${urls.repoApi()}/compare/${range}`,
    html_url: html,
    permalink_url: `${urls.repoHtml()}/compare/${owner}:${baseSha.slice(0, 7)}...${owner}:${headSha.slice(0, 7)}`,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: await render(baseSha),
    merge_base_commit: await render(mergeBase),
    status: statusOf(ahead, behind),
    ahead_by: ahead,
    behind_by: behind,
    total_commits: ahead,
    commits: await Promise.all(shas.map(render)),
    files: files.map((file) => renderDiffFile(ctx.world, file, headSha)),
  });
}

function statusOf(ahead: number, behind: number): 'diverged' | 'ahead' | 'behind' | 'identical' {
  if (ahead > 0 && behind > 0) return 'diverged';
  if (ahead > 0) return 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}
