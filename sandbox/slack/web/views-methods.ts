import { checkedView } from '../kit/check-view.ts';
import { renderView } from '../render-view.ts';
import type { Trigger, View } from '../state.ts';
import { openView, publishHome, pushView, updateView } from '../views.ts';
import { json, required, text } from './args.ts';
import type { Call, Method } from './method.ts';
import { Refusal, refusalWithMessages } from './reply.ts';

/** https://docs.slack.dev/reference/methods/views.open */
export const viewsOpen: Method = {
  name: 'views.open',
  token: 'bot',
  tier: 'tier4',
  scopes: [],
  run: (call) => {
    const body = checkedView(json(call.args, 'view', 'invalid_arguments'), 'modal');
    const trigger = exchange(call);
    return { view: renderView(openView(call.workspace, trigger.user, body, trigger.channel)) };
  },
};

/** https://docs.slack.dev/reference/methods/views.push */
export const viewsPush: Method = {
  name: 'views.push',
  token: 'bot',
  tier: 'tier4',
  scopes: [],
  run: (call) => {
    const body = checkedView(json(call.args, 'view', 'invalid_arguments'), 'modal');
    const trigger = exchange(call);
    const below = trigger.viewId === undefined ? undefined : call.workspace.view(trigger.viewId);
    if (below?.type !== 'modal') throw new Refusal('not_found');
    return { view: renderView(pushView(call.workspace, trigger.user, body)) };
  },
};

/** https://docs.slack.dev/reference/methods/views.update */
export const viewsUpdate: Method = {
  name: 'views.update',
  token: 'bot',
  tier: 'tier4',
  scopes: [],
  run: (call) => {
    const view = namedView(call);
    const body = checkedView(json(call.args, 'view', 'invalid_arguments'), view.type);
    refuseOldHash(call, view);
    return { view: renderView(updateView(call.workspace, view, body)) };
  },
};

/** https://docs.slack.dev/reference/methods/views.publish */
export const viewsPublish: Method = {
  name: 'views.publish',
  token: 'bot',
  tier: 'tier4',
  scopes: [],
  run: (call) => {
    const user = required(call.args, 'user_id');
    const body = checkedView(json(call.args, 'view', 'invalid_arguments'), 'home');
    if (!call.workspace.person(user))
      throw refusalWithMessages('invalid_arguments', ['invalid `user_id` [json-pointer:/user_id]']);
    const published = call.workspace.homes.get(user);
    if (published) refuseOldHash(call, published);
    return { view: renderView(publishHome(call.workspace, user, body)) };
  },
};

/** Uses a trigger up. It works once, for three seconds. */
function exchange({ workspace, args }: Call): Trigger {
  const id = required(args, 'trigger_id');
  if (!/^\d+\.\d+\.[0-9a-f]+$/.test(id)) {
    throw refusalWithMessages('invalid_arguments', ['invalid `trigger_id` [json-pointer:/trigger_id]']);
  }
  const trigger = workspace.triggers.get(id);
  if (!trigger) throw new Refusal('invalid_trigger_id');
  if (trigger.used) throw new Refusal('exchanged_trigger_id');
  if (workspace.now() > trigger.expires) throw new Refusal('expired_trigger_id');
  trigger.used = true;
  return trigger;
}

function namedView({ workspace, args }: Call): View {
  const id = text(args, 'view_id');
  const external = text(args, 'external_id');
  if (id !== undefined && external !== undefined) {
    throw refusalWithMessages('invalid_arguments', ['Cannot provide both `view_id` and `external_id`']);
  }
  if (id === undefined && external === undefined) {
    throw refusalWithMessages('invalid_arguments', ['Must provide either `view_id` or `external_id`']);
  }
  const view = id === undefined ? workspace.viewByExternalId(external ?? '') : workspace.view(id);
  if (!view) throw new Refusal('not_found');
  return view;
}

function refuseOldHash({ args }: Call, view: View): void {
  const hash = text(args, 'hash');
  if (hash !== undefined && hash !== view.hash) throw new Refusal('hash_conflict');
}
