import type { ActionInput, ClientOutcome, InputValue, JsonObject } from '../client-types.ts';
import { messageActionPayload, viewActionPayload } from '../deliver/payloads.ts';
import { newResponseUrl } from '../deliver/response-urls.ts';
import { holdsValue, optionsOf, stateValue } from '../element-values.ts';
import { isObject, type Placed } from '../kit/walk.ts';
import type { Message, View } from '../state.ts';
import { valueFault } from './input-checks.ts';
import { elementAt, mergeValues, placeOf, setValue } from './place.ts';
import { barred, ok, refused, troubled, type World } from './world.ts';

/** A person presses a button, chooses an option, or types in an input that tells the app at once. */
export async function useElement(world: World, input: ActionInput): Promise<ClientOutcome> {
  const { workspace, courier } = world;
  const stop = barred(workspace, input.as);
  if (stop) return stop;
  const place = placeOf(workspace, input.as, input.container);
  if (!place) return refused('This message or form is no longer there.');
  const placed = elementAt(place, input.block_id, input.action_id);
  if (!placed) return refused('This element is no longer there.');
  mergeValues(place, input.values);
  const fault = take(place, placed, input.value);
  if (fault !== undefined) return { outcome: 'error', source: 'client', errors: { [placed.blockId]: fault } };
  if (placed.block['type'] === 'input' && placed.block['dispatch_action'] !== true) return ok();
  const payload = payloadOf(world, input, place, placed);
  const ack = await courier.deliver('block_actions', { type: 'interactive', payload });
  if (ack.kind !== 'acked') return troubled(ack);
  const url = linkOf(placed, input.value);
  return ok(url === undefined ? {} : { url });
}

/** Puts the new value into the element; the answer says why it cannot be. */
function take(place: Message | View, placed: Placed, value: InputValue | undefined): string | undefined {
  if (!holdsValue(placed.element)) return undefined;
  if (value === undefined) return undefined;
  const fault = valueFault(placed, value, place.offered);
  if (fault === undefined) setValue(place.values, placed.blockId, placed.actionId, value);
  return fault;
}

function payloadOf(
  { workspace }: World,
  input: ActionInput,
  place: Message | View,
  placed: Placed,
): JsonObject {
  const action = actionOf(placed, input.value, place, workspace.nextTs());
  if ('ts' in place) {
    const trigger = workspace.newTrigger(input.as, { channel: place.channel });
    const url = newResponseUrl(workspace, 'actions', {
      user: input.as,
      channel: place.channel,
      message: place,
    });
    return messageActionPayload(workspace, { user: input.as, triggerId: trigger.id }, place, action, url);
  }
  const trigger = workspace.newTrigger(input.as, { channel: place.channel, viewId: place.id });
  return viewActionPayload(workspace, { user: input.as, triggerId: trigger.id }, place, action);
}

/** One entry of `actions`. https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
function actionOf(
  placed: Placed,
  value: InputValue | undefined,
  place: Message | View,
  actionTs: string,
): JsonObject {
  const { element } = placed;
  const ids = { action_id: placed.actionId, block_id: placed.blockId, action_ts: actionTs };
  const shown = Object.fromEntries(
    ['text', 'url', 'style', 'placeholder', 'confirm', 'icon', 'initial_option', 'initial_options'].flatMap(
      (key) => (element[key] === undefined ? [] : [[key, element[key]]]),
    ),
  );
  if (element['type'] === 'feedback_buttons') {
    const pressed = [element['positive_button'], element['negative_button']].find(
      (each) => isObject(each) && each['value'] === value,
    );
    return {
      type: 'feedback_buttons',
      ...ids,
      value: value ?? null,
      text: isObject(pressed) ? (pressed['text'] ?? null) : null,
    };
  }
  if (element['type'] === 'overflow')
    return { ...shown, ...stateValue(placed, value ?? null, place.offered), ...ids };
  if (!holdsValue(element)) {
    return {
      type: String(element['type']),
      ...shown,
      ...(element['value'] === undefined ? {} : { value: element['value'] }),
      ...ids,
    };
  }
  const held = place.values[placed.blockId]?.[placed.actionId] ?? null;
  return { ...shown, ...stateValue(placed, held, place.offered), ...ids };
}

function linkOf(placed: Placed, value: InputValue | undefined): string | undefined {
  const { element } = placed;
  const chosen =
    element['type'] === 'overflow' ? optionsOf(placed, {}).find((each) => each['value'] === value) : element;
  return typeof chosen?.['url'] === 'string' ? chosen['url'] : undefined;
}
