import { z } from 'zod';
import type { TreeChange } from '../git/edit-tree.ts';
import { type Identity, typeOfMode } from '../git/objects.ts';
import { actorIdentity } from '../identity.ts';
import { checkPath, createCommit } from '../operations/commits.ts';
import { unprocessable } from '../problem.ts';
import { inLines } from '../render/base64.ts';
import { renderGitCommit, renderSignature } from '../render/commit.ts';
import { resolveCommit } from '../resolve.ts';
import { type Ctx, created, notFound, ok, type Reply, type Route } from '../route.ts';
import { identitySchema, readIdentity } from './identity-body.ts';

const read = { name: 'contents', level: 'read' } as const;
const write = { name: 'contents', level: 'write' } as const;

/** The git database. https://docs.github.com/rest/git */
export const gitObjectRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/repos/:owner/:repo/git/commits/:commit_sha',
    permission: read,
    handler: getCommit,
  },
  { method: 'POST', path: '/repos/:owner/:repo/git/commits', permission: write, handler: postCommit },
  { method: 'GET', path: '/repos/:owner/:repo/git/trees/:tree_sha', permission: read, handler: getTree },
  { method: 'POST', path: '/repos/:owner/:repo/git/trees', permission: write, handler: postTree },
  { method: 'GET', path: '/repos/:owner/:repo/git/blobs/:file_sha', permission: read, handler: getBlob },
  { method: 'POST', path: '/repos/:owner/:repo/git/blobs', permission: write, handler: postBlob },
  { method: 'GET', path: '/repos/:owner/:repo/git/tags/:tag_sha', permission: read, handler: getTag },
  { method: 'POST', path: '/repos/:owner/:repo/git/tags', permission: write, handler: postTag },
];

async function getCommit(ctx: Ctx): Promise<Reply> {
  const commit = await ctx.world.git.commit(ctx.param('commit_sha'));
  if (!commit) throw notFound();
  return ok(renderGitCommit(ctx.world, commit));
}

const newCommit = z.object({
  message: z.string(),
  tree: z.string(),
  parents: z.array(z.string()).default([]),
  author: identitySchema.optional(),
  committer: identitySchema.optional(),
});

async function postCommit(ctx: Ctx): Promise<Reply> {
  const { author, committer, ...input } = ctx.parse(newCommit);
  const who = (given: typeof author): Identity | undefined => given && readIdentity(ctx, given);
  const sha = await createCommit(ctx.world, ctx.actor, {
    ...input,
    author: who(author),
    committer: who(committer),
  });
  const commit = await ctx.world.git.commit(sha);
  if (!commit) throw new Error(`failed to read commit ${sha}`);
  return created(renderGitCommit(ctx.world, commit));
}

/** A tree's id, a commit's, or a branch's name; `recursive` with any value, as GitHub takes it. */
async function getTree(ctx: Ctx): Promise<Reply> {
  const asked = ctx.param('tree_sha');
  const { git } = ctx.world;
  const root = (await git.tree(asked)) ? asked : await resolveCommit(ctx.world, ctx.view, asked);
  if (root === undefined) throw notFound();
  const deep = ctx.query.has('recursive');
  const rows = deep
    ? await git.treeRecursive(root)
    : ((await git.tree(root)) ?? []).map((row) => ({ ...row, path: row.name }));
  return ok(await renderTree(ctx, (await git.commit(root))?.tree ?? root, rows));
}

async function renderTree(
  ctx: Ctx,
  sha: string,
  rows: readonly { path: string; mode: string; type: string; oid: string }[],
) {
  const api = ctx.world.urls.repoApi();
  const tree = rows.map(async ({ path, mode, type, oid }) => {
    const size = type === 'blob' ? { size: (await ctx.world.git.object(oid))?.content.length ?? 0 } : {};
    const url = type === 'commit' ? {} : { url: `${api}/git/${type}s/${oid}` };
    return { path, mode, type, sha: oid, ...size, ...url };
  });
  return { sha, url: `${api}/git/trees/${sha}`, tree: await Promise.all(tree), truncated: false };
}

const newTree = z.object({
  base_tree: z.string().optional(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.enum(['100644', '100755', '040000', '160000', '120000']).default('100644'),
      type: z.enum(['blob', 'tree', 'commit']).optional(),
      sha: z.string().nullable().optional(),
      content: z.string().optional(),
    }),
  ),
});

async function postTree(ctx: Ctx): Promise<Reply> {
  const { base_tree: base, tree } = ctx.parse(newTree);
  const { git } = ctx.world;
  if (base !== undefined && !(await git.tree(base))) throw unprocessable('base_tree is not a valid tree oid');
  const changes: TreeChange[] = [];
  for (const { path, mode, sha, content } of tree) {
    checkPath(path);
    const oid = content === undefined ? (sha ?? undefined) : await git.writeBlob(content);
    const object = oid === undefined ? undefined : await git.object(oid);
    if (oid !== undefined && object?.type !== typeOfMode(mode))
      throw unprocessable(`tree.sha ${oid} is not a valid ${typeOfMode(mode)}`);
    changes.push({ path, mode, oid });
  }
  const sha = await git.editTree(base, changes);
  const rows = ((await git.tree(sha)) ?? []).map((row) => ({ ...row, path: row.name }));
  return created(await renderTree(ctx, sha, rows));
}

async function getBlob(ctx: Ctx): Promise<Reply> {
  const sha = ctx.param('file_sha');
  const content = await ctx.world.git.blob(sha);
  if (!content) throw notFound();
  return ok({
    sha,
    node_id: ctx.state.nodeId('Blob', sha),
    size: content.length,
    url: `${ctx.world.urls.repoApi()}/git/blobs/${sha}`,
    content: inLines(content.toString('base64')),
    encoding: 'base64',
  });
}

const newBlob = z.object({ content: z.string(), encoding: z.enum(['utf-8', 'base64']).default('utf-8') });

async function postBlob(ctx: Ctx): Promise<Reply> {
  const { content, encoding } = ctx.parse(newBlob);
  const sha = await ctx.world.git.writeBlob(Buffer.from(content, encoding));
  return created({ sha, url: `${ctx.world.urls.repoApi()}/git/blobs/${sha}` });
}

async function getTag(ctx: Ctx): Promise<Reply> {
  return ok(await renderTag(ctx, ctx.param('tag_sha')));
}

const newTag = z.object({
  tag: z.string(),
  message: z.string(),
  object: z.string(),
  type: z.enum(['commit', 'tree', 'blob']),
  tagger: identitySchema.optional(),
});

/** An annotated tag is an object only; a ref of its own makes it seen. */
async function postTag(ctx: Ctx): Promise<Reply> {
  const { tagger, ...input } = ctx.parse(newTag);
  if ((await ctx.world.git.object(input.object))?.type !== input.type)
    throw unprocessable('Object does not exist');
  const who = tagger ? readIdentity(ctx, tagger) : actorIdentity(ctx.world, ctx.actor);
  const message = input.message.endsWith('\n') ? input.message : `${input.message}\n`;
  return created(await renderTag(ctx, await ctx.world.git.writeTag({ ...input, message, tagger: who })));
}

async function renderTag(ctx: Ctx, sha: string) {
  const tag = await ctx.world.git.tag(sha);
  if (!tag) throw notFound();
  const api = ctx.world.urls.repoApi();
  return {
    node_id: ctx.state.nodeId('Tag', sha),
    tag: tag.tag,
    sha,
    url: `${api}/git/tags/${sha}`,
    message: tag.message.trimEnd(),
    tagger: renderSignature(tag.tagger ?? { name: '', email: '', seconds: 0, zone: '+0000' }),
    object: { sha: tag.object, type: tag.type, url: `${api}/git/${tag.type}s/${tag.object}` },
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  };
}
