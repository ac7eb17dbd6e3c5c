import type { Actor } from '../actor.ts';
import { emit } from '../events.ts';
import { roleAtLeast, roleOf } from '../permissions.ts';
import { forbidden, notFound, validationFailed } from '../problem.ts';
import { renderComment } from '../render/comment.ts';
import { renderIssue } from '../render/issue.ts';
import type { Comment } from '../types.ts';
import { actorLogin, type GitHubWorld } from '../world.ts';
import { note } from './announce-pull.ts';
import { conversationOf } from './conversations.ts';

/** GitHub stores no longer bodies than this many characters. */
const longestBody = 65_536;

/** Comments on an issue or pull request. @throws Problem 404, 403 when it is locked, 422 without a body. */
export function createComment(
  world: GitHubWorld,
  actor: Actor,
  number: number,
  body: string,
): Promise<Comment> {
  return world.exclusive(async () => {
    const it = conversationOf(world, number);
    checkBody(body);
    if (it.locked && !isWriter(world, actor))
      throw forbidden('Unable to create comment because issue is locked.');
    const now = world.iso();
    const comment: Comment = {
      id: world.state.nextId(),
      issueNumber: number,
      user: actorLogin(world, actor),
      viaApp: actor.kind === 'installation' ? world.state.app.id : null,
      body,
      createdAt: now,
      updatedAt: now,
    };
    world.state.comments.set(comment.id, comment);
    it.updatedAt = now;
    note(world, actor, number, 'commented', { body, comment: String(comment.id) });
    send(world, actor, comment, 'created');
    return comment;
  });
}

/** @throws Problem 404, 403 for a comment of somebody else's without write access, 422. */
export function editComment(world: GitHubWorld, actor: Actor, id: number, body: string): Promise<Comment> {
  return world.exclusive(async () => {
    const comment = commentOf(world, id);
    checkOwner(world, actor, comment);
    checkBody(body);
    const changes = { body: { from: comment.body } };
    comment.body = body;
    comment.updatedAt = world.iso();
    send(world, actor, comment, 'edited', { changes });
    return comment;
  });
}

/** @throws Problem 404 or 403. */
export function deleteComment(world: GitHubWorld, actor: Actor, id: number): Promise<void> {
  return world.exclusive(async () => {
    const comment = commentOf(world, id);
    checkOwner(world, actor, comment);
    world.state.comments.delete(id);
    send(world, actor, comment, 'deleted');
  });
}

/** @throws Problem 404. */
export function commentOf(world: GitHubWorld, id: number): Comment {
  const comment = world.state.comments.get(id);
  if (!comment) throw notFound();
  return comment;
}

function send(
  world: GitHubWorld,
  actor: Actor,
  comment: Comment,
  action: string,
  more: Readonly<Record<string, unknown>> = {},
): void {
  const issue = renderIssue(world, conversationOf(world, comment.issueNumber));
  emit(world, 'issue_comment', action, actor, { issue, comment: renderComment(world, comment), ...more });
}

function checkBody(body: string): void {
  if (body.trim() === '')
    throw validationFailed([
      { resource: 'IssueComment', code: 'unprocessable', field: 'data', message: 'Body cannot be blank' },
    ]);
  if (body.length > longestBody)
    throw validationFailed([
      {
        resource: 'IssueComment',
        code: 'unprocessable',
        field: 'data',
        message: `Body is too long (maximum is ${longestBody} characters)`,
      },
    ]);
}

/** Whoever may write to the repository may change anybody's comment, an App too. */
function checkOwner(world: GitHubWorld, actor: Actor, comment: Comment): void {
  if (comment.user === actorLogin(world, actor) || isWriter(world, actor)) return;
  throw forbidden('Must have admin rights to Repository.');
}

function isWriter(world: GitHubWorld, actor: Actor): boolean {
  if (actor.kind === 'installation') return actor.permissions['issues'] === 'write';
  return actor.kind === 'user' && roleAtLeast(roleOf(world, actor.login), 'write');
}
