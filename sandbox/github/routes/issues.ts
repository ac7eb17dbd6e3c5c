import { z } from 'zod';
import { conversationOf } from '../operations/conversations.ts';
import { createIssue, editIssue, lockConversation, setAssignees } from '../operations/issues.ts';
import { roleOf } from '../permissions.ts';
import { renderAccount } from '../render/accounts.ts';
import { renderIssue } from '../render/issue.ts';
import { type Ctx, created, noContent, notFound, ok, page, type Reply, type Route } from '../route.ts';
import type { Issue, Pull } from '../types.ts';
import { demandConversation } from './demand-conversation.ts';

const read = { name: 'issues', level: 'read' } as const;
const write = { name: 'issues', level: 'write' } as const;

/** https://docs.github.com/rest/issues */
export const issueRoutes: readonly Route[] = [
  { method: 'GET', path: '/repos/:owner/:repo/issues', permission: read, handler: listIssues },
  {
    method: 'POST',
    path: '/repos/:owner/:repo/issues',
    permission: write,
    creates: true,
    handler: postIssue,
  },
  { method: 'GET', path: '/repos/:owner/:repo/issues/:issue_number', handler: getIssue },
  { method: 'PATCH', path: '/repos/:owner/:repo/issues/:issue_number', handler: patchIssue },
  { method: 'PUT', path: '/repos/:owner/:repo/issues/:issue_number/lock', handler: (ctx) => lock(ctx, true) },
  {
    method: 'DELETE',
    path: '/repos/:owner/:repo/issues/:issue_number/lock',
    handler: (ctx) => lock(ctx, false),
  },
  {
    method: 'POST',
    path: '/repos/:owner/:repo/issues/:issue_number/assignees',
    handler: (ctx) => assign(ctx, true),
  },
  {
    method: 'DELETE',
    path: '/repos/:owner/:repo/issues/:issue_number/assignees',
    handler: (ctx) => assign(ctx, false),
  },
  { method: 'GET', path: '/repos/:owner/:repo/assignees', permission: read, handler: listAssignees },
  {
    method: 'GET',
    path: '/repos/:owner/:repo/assignees/:assignee',
    permission: read,
    handler: checkAssignee,
  },
];

const newIssue = z.object({
  title: z.union([z.string(), z.number()]).transform(String),
  body: z.string().nullish(),
  labels: z
    .array(z.union([z.string(), z.object({ name: z.string() }).transform((each) => each.name)]))
    .optional(),
  assignees: z.array(z.string()).optional(),
});

const issueChange = newIssue.partial().extend({
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.enum(['completed', 'not_planned', 'reopened']).nullish(),
});

function listIssues(ctx: Ctx): Reply {
  const { query } = ctx;
  const state = query.get('state') ?? 'open';
  const labels = (query.get('labels') ?? '').split(',').filter((label) => label !== '');
  const creator = query.get('creator');
  const since = Date.parse(query.get('since') ?? '1970-01-01');
  const all: (Issue | Pull)[] = [...ctx.state.issues.values(), ...ctx.view.pulls.values()];
  const found = all.filter(
    (it) =>
      (state === 'all' || it.state === state) &&
      labels.every((label) => it.labels.some((each) => each.toLowerCase() === label.toLowerCase())) &&
      (creator === null || it.user === creator) &&
      Date.parse(it.updatedAt) >= since,
  );
  const updated = query.get('sort') === 'updated';
  found.sort(
    (one, other) => (updated ? other.updatedAt.localeCompare(one.updatedAt) : 0) || other.number - one.number,
  );
  if (query.get('direction') === 'asc') found.reverse();
  return page(ctx, found, (slice) => slice.map((it) => renderIssue(ctx.world, it)));
}

async function postIssue(ctx: Ctx): Promise<Reply> {
  const { title, body, labels = [], assignees = [] } = ctx.parse(newIssue);
  const issue = await createIssue(ctx.world, ctx.actor, { title, body: body ?? null, labels, assignees });
  return created(renderIssue(ctx.world, issue));
}

function getIssue(ctx: Ctx): Reply {
  const number = ctx.number('issue_number');
  demandConversation(ctx, number, 'read');
  return ok(renderIssue(ctx.world, conversationOf(ctx.world, number)));
}

async function patchIssue(ctx: Ctx): Promise<Reply> {
  const number = ctx.number('issue_number');
  demandConversation(ctx, number, 'write');
  const { state_reason: stateReason, ...change } = ctx.parse(issueChange);
  const it = await editIssue(ctx.world, ctx.actor, number, {
    ...change,
    stateReason: stateReason ?? undefined,
  });
  return ok(renderIssue(ctx.world, it));
}

async function lock(ctx: Ctx, locked: boolean): Promise<Reply> {
  const number = ctx.number('issue_number');
  demandConversation(ctx, number, 'write');
  await lockConversation(ctx.world, ctx.actor, number, locked);
  return noContent();
}

const assigneesSchema = z.object({ assignees: z.array(z.string()).default([]) });

async function assign(ctx: Ctx, add: boolean): Promise<Reply> {
  const number = ctx.number('issue_number');
  demandConversation(ctx, number, 'write');
  const { assignees } = ctx.parse(assigneesSchema);
  const it = conversationOf(ctx.world, number);
  const wanted = add
    ? [...it.assignees, ...assignees]
    : it.assignees.filter((login) => !assignees.includes(login));
  await setAssignees(ctx.world, ctx.actor, number, wanted);
  const body = renderIssue(ctx.world, conversationOf(ctx.world, number));
  return add ? created(body) : ok(body);
}

function listAssignees(ctx: Ctx): Reply {
  const logins = [...ctx.state.accounts.keys()].filter((login) => roleOf(ctx.world, login) !== undefined);
  return page(ctx, logins, (slice) => slice.map((login) => renderAccount(ctx.world, login)));
}

function checkAssignee(ctx: Ctx): Reply {
  if (roleOf(ctx.world, ctx.param('assignee')) === undefined) throw notFound();
  return noContent();
}
