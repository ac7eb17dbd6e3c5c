import { z } from 'zod';
import { commentOf, createComment, deleteComment, editComment } from '../operations/comments.ts';
import { renderComment } from '../render/comment.ts';
import { type Ctx, created, noContent, ok, page, type Reply, type Route } from '../route.ts';
import type { Comment } from '../types.ts';
import { demandConversation } from './demand-conversation.ts';

const read = { name: 'issues', level: 'read' } as const;

/** https://docs.github.com/rest/issues/comments */
export const commentRoutes: readonly Route[] = [
  { method: 'GET', path: '/repos/:owner/:repo/issues/comments', permission: read, handler: listAll },
  { method: 'GET', path: '/repos/:owner/:repo/issues/comments/:comment_id', handler: getComment },
  { method: 'PATCH', path: '/repos/:owner/:repo/issues/comments/:comment_id', handler: patchComment },
  { method: 'DELETE', path: '/repos/:owner/:repo/issues/comments/:comment_id', handler: removeComment },
  { method: 'GET', path: '/repos/:owner/:repo/issues/:issue_number/comments', handler: listOn },
  {
    method: 'POST',
    path: '/repos/:owner/:repo/issues/:issue_number/comments',
    creates: true,
    handler: postComment,
  },
];

const bodySchema = z.object({ body: z.string() });

function listed(ctx: Ctx, comments: readonly Comment[]): Reply {
  const since = ctx.query.get('since');
  const from = since === null ? 0 : Date.parse(since);
  const found = comments.filter((comment) => Date.parse(comment.updatedAt) >= from);
  return page(ctx, found, (slice) => slice.map((comment) => renderComment(ctx.world, comment)));
}

function listAll(ctx: Ctx): Reply {
  const all = [...ctx.state.comments.values()];
  return listed(ctx, ctx.query.get('direction') === 'desc' ? all.reverse() : all);
}

function listOn(ctx: Ctx): Reply {
  const number = ctx.number('issue_number');
  demandConversation(ctx, number, 'read');
  return listed(
    ctx,
    [...ctx.state.comments.values()].filter((comment) => comment.issueNumber === number),
  );
}

async function postComment(ctx: Ctx): Promise<Reply> {
  const number = ctx.number('issue_number');
  demandConversation(ctx, number, 'write');
  return created(
    renderComment(ctx.world, await createComment(ctx.world, ctx.actor, number, ctx.parse(bodySchema).body)),
  );
}

function found(ctx: Ctx, level: 'read' | 'write'): Comment {
  const comment = commentOf(ctx.world, ctx.number('comment_id'));
  demandConversation(ctx, comment.issueNumber, level);
  return comment;
}

function getComment(ctx: Ctx): Reply {
  return ok(renderComment(ctx.world, found(ctx, 'read')));
}

async function patchComment(ctx: Ctx): Promise<Reply> {
  const { id } = found(ctx, 'write');
  return ok(
    renderComment(ctx.world, await editComment(ctx.world, ctx.actor, id, ctx.parse(bodySchema).body)),
  );
}

async function removeComment(ctx: Ctx): Promise<Reply> {
  await deleteComment(ctx.world, ctx.actor, found(ctx, 'write').id);
  return noContent();
}
