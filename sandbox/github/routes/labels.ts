import { z } from 'zod';
import { conversationOf } from '../operations/conversations.ts';
import {
  addLabels,
  createLabel,
  deleteLabel,
  labelOf,
  removeLabel,
  setLabels,
  updateLabel,
} from '../operations/labels.ts';
import { renderLabel } from '../render/label.ts';
import { type Ctx, created, noContent, ok, page, type Reply, type Route } from '../route.ts';
import { demandConversation } from './demand-conversation.ts';

const read = { name: 'issues', level: 'read' } as const;
const write = { name: 'issues', level: 'write' } as const;

/** https://docs.github.com/rest/issues/labels */
export const labelRoutes: readonly Route[] = [
  { method: 'GET', path: '/repos/:owner/:repo/labels', permission: read, handler: listLabels },
  {
    method: 'POST',
    path: '/repos/:owner/:repo/labels',
    permission: write,
    creates: true,
    handler: postLabel,
  },
  { method: 'GET', path: '/repos/:owner/:repo/labels/:name', permission: read, handler: getLabel },
  { method: 'PATCH', path: '/repos/:owner/:repo/labels/:name', permission: write, handler: patchLabel },
  {
    method: 'DELETE',
    path: '/repos/:owner/:repo/labels/:name',
    permission: write,
    handler: removeFromRepository,
  },
  { method: 'GET', path: '/repos/:owner/:repo/issues/:issue_number/labels', handler: listOn },
  { method: 'POST', path: '/repos/:owner/:repo/issues/:issue_number/labels', handler: addOn },
  { method: 'PUT', path: '/repos/:owner/:repo/issues/:issue_number/labels', handler: setOn },
  { method: 'DELETE', path: '/repos/:owner/:repo/issues/:issue_number/labels', handler: clearOn },
  { method: 'DELETE', path: '/repos/:owner/:repo/issues/:issue_number/labels/:name', handler: removeOn },
];

const newLabel = z.object({
  name: z.string(),
  color: z.string().optional(),
  description: z.string().optional(),
});
const labelChange = z.object({
  new_name: z.string().optional(),
  color: z.string().optional(),
  description: z.string().optional(),
});

function listLabels(ctx: Ctx): Reply {
  const all = [...ctx.state.labels.values()].toSorted((one, other) => one.name.localeCompare(other.name));
  return page(ctx, all, (slice) => slice.map((label) => renderLabel(ctx.world, label)));
}

async function postLabel(ctx: Ctx): Promise<Reply> {
  return created(renderLabel(ctx.world, await createLabel(ctx.world, ctx.actor, ctx.parse(newLabel))));
}

function getLabel(ctx: Ctx): Reply {
  return ok(renderLabel(ctx.world, labelOf(ctx.world, ctx.param('name'))));
}

async function patchLabel(ctx: Ctx): Promise<Reply> {
  const { new_name: name, color, description } = ctx.parse(labelChange);
  const change = { ...(name === undefined ? {} : { name }), color, description };
  return ok(renderLabel(ctx.world, await updateLabel(ctx.world, ctx.actor, ctx.param('name'), change)));
}

async function removeFromRepository(ctx: Ctx): Promise<Reply> {
  await deleteLabel(ctx.world, ctx.actor, ctx.param('name'));
  return noContent();
}

/** Names as a list, as objects, or either in `labels`. */
const names = z
  .union([
    z.array(z.union([z.string(), z.object({ name: z.string() })])),
    z.object({ labels: z.array(z.union([z.string(), z.object({ name: z.string() })])).optional() }),
    z.string(),
  ])
  .transform((given) => {
    if (typeof given === 'string') return [given];
    const list = Array.isArray(given) ? given : (given.labels ?? []);
    return list.map((each) => (typeof each === 'string' ? each : each.name));
  });

function shown(ctx: Ctx, number: number): Reply {
  const it = conversationOf(ctx.world, number);
  return ok(it.labels.map((name) => renderLabel(ctx.world, labelOf(ctx.world, name))));
}

function listOn(ctx: Ctx): Reply {
  const number = ctx.number('issue_number');
  demandConversation(ctx, number, 'read');
  return shown(ctx, number);
}

async function addOn(ctx: Ctx): Promise<Reply> {
  const number = ctx.number('issue_number');
  demandConversation(ctx, number, 'write');
  await addLabels(ctx.world, ctx.actor, number, ctx.parse(names));
  return shown(ctx, number);
}

async function setOn(ctx: Ctx): Promise<Reply> {
  const number = ctx.number('issue_number');
  demandConversation(ctx, number, 'write');
  await setLabels(ctx.world, ctx.actor, number, ctx.parse(names));
  return shown(ctx, number);
}

async function clearOn(ctx: Ctx): Promise<Reply> {
  const number = ctx.number('issue_number');
  demandConversation(ctx, number, 'write');
  await setLabels(ctx.world, ctx.actor, number, []);
  return noContent();
}

async function removeOn(ctx: Ctx): Promise<Reply> {
  const number = ctx.number('issue_number');
  demandConversation(ctx, number, 'write');
  await removeLabel(ctx.world, ctx.actor, number, ctx.param('name'));
  return shown(ctx, number);
}
