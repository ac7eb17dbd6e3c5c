import type { ClientOutcome, FieldErrors, Json, JsonObject, SubmitInput } from '../client-types.ts';
import { submissionPayload } from '../deliver/payloads.ts';
import { newResponseUrl } from '../deliver/response-urls.ts';
import { checkedView } from '../kit/check-view.ts';
import { isObject, placedElements } from '../kit/walk.ts';
import type { View } from '../state.ts';
import { closeView, pushView, updateView } from '../views.ts';
import { Refusal } from '../web/reply.ts';
import { formFaults } from './input-checks.ts';
import { mergeValues } from './place.ts';
import { barred, ok, refused, TROUBLE, troubled, type World } from './world.ts';

/** A person sends the form on top. */
export async function submitForm(world: World, input: SubmitInput): Promise<ClientOutcome> {
  const { workspace, courier } = world;
  const stop = barred(workspace, input.as);
  if (stop) return stop;
  const view = workspace.stack(input.as).at(-1);
  if (view?.id !== input.view_id) return refused('This form is no longer open.');
  if (!isObject(view.body['submit'])) return refused('This form has no submit button.');
  mergeValues(view, input.values);
  const faults = formFaults(view);
  if (Object.keys(faults).length > 0) return showErrors(world, view, faults, 'client');
  const trigger = workspace.newTrigger(input.as, { channel: view.channel, viewId: view.id });
  const payload = submissionPayload(
    workspace,
    { user: input.as, triggerId: trigger.id },
    view,
    responseUrls(world, view),
  );
  const ack = await courier.deliver('view_submission', { type: 'interactive', payload });
  if (ack.kind === 'timeout') return { outcome: 'timeout', message: TROUBLE };
  if (ack.kind === 'failed') return troubled(ack);
  return obey(world, view, ack.body);
}

/** Does what the acknowledgement says. https://docs.slack.dev/surfaces/modals#response_actions */
function obey(world: World, view: View, body: Json | undefined): ClientOutcome {
  const { workspace } = world;
  const said = isObject(body) ? body : {};
  try {
    switch (said['response_action']) {
      case undefined:
        closeView(workspace, view);
        return ok();
      case 'clear':
        workspace.setStack(view.owner, []);
        return ok();
      case 'update':
        updateView(workspace, view, checkedView(said['view'], 'modal'));
        return ok();
      case 'push':
        pushView(workspace, view.owner, checkedView(said['view'], 'modal'));
        return ok();
      case 'errors':
        return appErrors(world, view, said['errors']);
      default:
        return { outcome: 'error', source: 'app', message: TROUBLE };
    }
  } catch (error) {
    if (error instanceof Refusal) return { outcome: 'error', source: 'app', message: TROUBLE };
    throw error;
  }
}

/** Errors may name input blocks only; with any other name the form shows that it had trouble. */
function appErrors(world: World, view: View, errors: Json | undefined): ClientOutcome {
  const entries = isObject(errors) ? Object.entries(errors) : [];
  const inputs = new Set(
    placedElements(view.blocks)
      .filter((placed) => placed.block['type'] === 'input')
      .map((placed) => placed.blockId),
  );
  const usable =
    entries.length > 0 &&
    entries.every(([id, text]) => inputs.has(id) && typeof text === 'string' && text !== '');
  if (!usable) return { outcome: 'error', source: 'app', message: TROUBLE };
  return showErrors(world, view, Object.fromEntries(entries.map(([id, text]) => [id, String(text)])), 'app');
}

function showErrors(
  { workspace }: World,
  view: View,
  errors: FieldErrors,
  source: 'client' | 'app',
): ClientOutcome {
  view.errors = errors;
  workspace.changed([view.owner], { kind: 'views' });
  return { outcome: 'error', source, errors };
}

/** An address to answer at for each conversation chosen in a menu that asks for one. */
function responseUrls({ workspace }: World, view: View): JsonObject[] {
  return placedElements(view.blocks)
    .filter(({ element }) => element['response_url_enabled'] === true)
    .flatMap(({ blockId, actionId }) => {
      const channel = view.values[blockId]?.[actionId];
      if (typeof channel !== 'string' || !workspace.channel(channel)) return [];
      const url = newResponseUrl(workspace, 'app', { user: view.owner, channel });
      return [{ block_id: blockId, action_id: actionId, channel_id: channel, response_url: url }];
    });
}
