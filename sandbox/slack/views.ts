import { randomBytes } from 'node:crypto';
import type { JsonObject } from './client-types.ts';
import { keptValues, valuesFor } from './element-values.ts';
import { randomId } from './ids.ts';
import { objects } from './kit/walk.ts';
import type { View } from './state.ts';
import { Refusal } from './web/reply.ts';
import type { Workspace } from './workspace.ts';

/** A modal's stack holds the root and two more. https://docs.slack.dev/surfaces/modals */
const DEEPEST = 3;

/** Opens a modal; one that was open is gone. */
export function openView(
  workspace: Workspace,
  owner: string,
  body: JsonObject,
  channel: string | undefined,
): View {
  const view = newView(workspace, owner, body, null, channel);
  workspace.setStack(owner, [view]);
  return view;
}

/** Puts a modal on top. Refuses when the stack is full or there is none. */
export function pushView(workspace: Workspace, owner: string, body: JsonObject): View {
  const stack = workspace.stack(owner);
  const top = stack.at(-1);
  if (!top) throw new Refusal('not_found');
  if (stack.length >= DEEPEST) throw new Refusal('push_limit_reached');
  const view = newView(workspace, owner, body, top, top.channel);
  workspace.setStack(owner, [...stack, view]);
  return view;
}

/** Puts other content in a view. What was typed stays in elements that are still there. */
export function updateView(workspace: Workspace, view: View, body: JsonObject): View {
  refuseTakenExternalId(workspace, body, view);
  const blocks = objects(body['blocks']);
  view.values = valuesFor(blocks, keptValues(view.blocks, blocks, view.values), view.channel);
  view.body = body;
  view.blocks = blocks;
  view.hash = newHash(workspace);
  view.errors = {};
  workspace.changed([view.owner], { kind: view.type === 'home' ? 'home' : 'views' });
  return view;
}

/** Sets a person's Home tab. */
export function publishHome(workspace: Workspace, owner: string, body: JsonObject): View {
  const published = workspace.homes.get(owner);
  if (published) return updateView(workspace, published, body);
  const view = newView(workspace, owner, body, null, undefined);
  workspace.homes.set(owner, view);
  workspace.changed([owner], { kind: 'home' });
  return view;
}

/** Takes a view and all above it off the stack; one that is no longer there is passed over. */
export function closeView(workspace: Workspace, view: View): void {
  const stack = workspace.stack(view.owner);
  const depth = stack.indexOf(view);
  if (depth >= 0) workspace.setStack(view.owner, stack.slice(0, depth));
}

function newView(
  workspace: Workspace,
  owner: string,
  body: JsonObject,
  below: View | null,
  channel: string | undefined,
): View {
  refuseTakenExternalId(workspace, body);
  const id = randomId('V0', 9);
  const blocks = objects(body['blocks']);
  return {
    id,
    type: body['type'] === 'home' ? 'home' : 'modal',
    owner,
    rootId: below?.rootId ?? id,
    previousId: below?.id ?? null,
    ...(channel === undefined ? {} : { channel }),
    body,
    blocks,
    hash: newHash(workspace),
    values: valuesFor(blocks, {}, channel),
    offered: {},
    errors: {},
  };
}

function refuseTakenExternalId(workspace: Workspace, body: JsonObject, self?: View): void {
  const id = body['external_id'];
  if (typeof id !== 'string' || id === '') return;
  const holder = workspace.viewByExternalId(id);
  if (holder && holder !== self) throw new Refusal('duplicate_external_id');
}

function newHash(workspace: Workspace): string {
  return `${Math.floor(workspace.now() / 1000)}.${randomBytes(6).toString('base64url')}`;
}
