import { z } from 'zod';
import { commitOnBranch } from '../operations/commits.ts';
import { conflict, unprocessable } from '../problem.ts';
import { renderGitCommit } from '../render/commit.ts';
import { renderContents, renderEntry } from '../render/contents.ts';
import { resolveCommit } from '../resolve.ts';
import { type Ctx, notFound, ok, Problem, type Reply, type Route } from '../route.ts';
import { identitySchema, readIdentity } from './identity-body.ts';

const read = { name: 'contents', level: 'read' } as const;
const write = { name: 'contents', level: 'write' } as const;

/** https://docs.github.com/rest/repos/contents */
export const contentRoutes: readonly Route[] = [
  { method: 'GET', path: '/repos/:owner/:repo/contents', permission: read, handler: getContents },
  { method: 'GET', path: '/repos/:owner/:repo/contents/*', permission: read, handler: getContents },
  {
    method: 'PUT',
    path: '/repos/:owner/:repo/contents/*',
    permission: write,
    creates: true,
    handler: putContents,
  },
  { method: 'DELETE', path: '/repos/:owner/:repo/contents/*', permission: write, handler: deleteContents },
];

async function getContents(ctx: Ctx): Promise<Reply> {
  const path = ctx.param('*').replace(/\/$/, '');
  const ref = ctx.query.get('ref') ?? ctx.state.repo.defaultBranch;
  const commit = await resolveCommit(ctx.world, ctx.view, ref);
  if (commit === undefined) throw new Problem(404, `No commit found for the ref ${ref}`);
  const found = await ctx.world.git.at(commit, path);
  if (!found) throw notFound();
  const raw = /application\/vnd\.github\.(v3\.)?raw/.test(ctx.headers['accept'] ?? '');
  if (raw && found.type === 'blob') {
    const text = (await ctx.world.git.blob(found.oid))?.toString('utf8') ?? '';
    return {
      status: 200,
      raw: text,
      headers: { 'content-type': 'application/vnd.github.raw; charset=utf-8' },
    };
  }
  return ok(await renderContents(ctx.world, found, path, ref));
}

const change = z.object({
  message: z.string(),
  content: z.string().optional(),
  sha: z.string().optional(),
  branch: z.string().optional(),
  author: identitySchema.optional(),
  committer: identitySchema.optional(),
});

/** Creates a file, or changes the one whose blob is `sha`. */
async function putContents(ctx: Ctx): Promise<Reply> {
  const input = ctx.parse(change);
  if (input.content === undefined) throw unprocessable('Invalid request.\n\n"content" wasn\'t supplied.');
  const path = ctx.param('*');
  const contents = Buffer.from(input.content, 'base64');
  return ctx.world.exclusive(async () => {
    const existed = await checkSha(ctx, path, input);
    if (existed && input.sha === undefined)
      throw unprocessable('Invalid request.\n\n"sha" wasn\'t supplied.');
    const commit = await commitFiles(ctx, input, { additions: [{ path, contents }], deletions: [] });
    const found = await ctx.world.git.at(commit, path);
    if (!found) throw notFound();
    const content = renderEntry(ctx.world, { ...found, path, size: contents.length }, branchOf(ctx, input));
    return { status: existed ? 200 : 201, body: { content, commit: await committed(ctx, commit) } };
  });
}

async function deleteContents(ctx: Ctx): Promise<Reply> {
  const sent = Object.fromEntries(ctx.query);
  const input = change.parse({ ...sent, ...(typeof ctx.body === 'object' ? ctx.body : {}) });
  const path = ctx.param('*');
  return ctx.world.exclusive(async () => {
    if (input.sha === undefined) throw unprocessable('Invalid request.\n\n"sha" wasn\'t supplied.');
    if (!(await checkSha(ctx, path, input))) throw notFound();
    const commit = await commitFiles(ctx, input, { additions: [], deletions: [{ path }] });
    return ok({ content: null, commit: await committed(ctx, commit) });
  });
}

type Change = z.infer<typeof change>;

function branchOf(ctx: Ctx, input: Change): string {
  return (input.branch ?? ctx.state.repo.defaultBranch).replace(/^refs\/heads\//, '');
}

/** Whether the file is there. @throws Problem 404 without the branch, 409 when the file is another than said. */
async function checkSha(ctx: Ctx, path: string, input: Change): Promise<boolean> {
  const branch = branchOf(ctx, input);
  const head = ctx.state.refs.get(`refs/heads/${branch}`);
  if (head === undefined) throw new Problem(404, `Branch ${branch} not found`);
  const old = await ctx.world.git.at(head, path);
  if (old && input.sha !== undefined && old.oid !== input.sha)
    throw conflict(`${path} does not match ${input.sha}`);
  return old !== undefined;
}

function commitFiles(
  ctx: Ctx,
  input: Change,
  files: { additions: { path: string; contents: Buffer }[]; deletions: { path: string }[] },
): Promise<string> {
  return commitOnBranch(ctx.world, ctx.actor, {
    ...files,
    branch: branchOf(ctx, input),
    expectedHeadOid: undefined,
    message: input.message,
    author: input.author && readIdentity(ctx, input.author),
    committer: input.committer && readIdentity(ctx, input.committer),
  });
}

async function committed(ctx: Ctx, sha: string) {
  const commit = await ctx.world.git.commit(sha);
  if (!commit) throw notFound();
  return renderGitCommit(ctx.world, commit);
}
