import type { InputValue, Json, JsonObject } from './client-types.ts';
import { findElement, isObject, objects, type Placed, placedElements } from './kit/walk.ts';
import type { Values } from './state.ts';

/** Elements that hold nothing: they are only pressed. */
const PRESSED: ReadonlySet<string> = new Set([
  'button',
  'workflow_button',
  'overflow',
  'feedback_buttons',
  'icon_button',
]);

export function holdsValue(element: JsonObject): boolean {
  return !PRESSED.has(String(element['type']));
}

type Offered = Record<string, readonly JsonObject[]>;

/** All options of an element: its own, its groups', and those that an external select was given. */
export function optionsOf(placed: Placed, offered: Offered): JsonObject[] {
  const { element } = placed;
  return [
    ...objects(element['options']),
    ...objects(element['option_groups']).flatMap((group) => objects(group['options'])),
    ...(offered[`${placed.blockId}/${placed.actionId}`] ?? []),
    ...(isObject(element['initial_option']) ? [element['initial_option']] : []),
    ...objects(element['initial_options']),
  ];
}

/** What an element holds before anybody touched it. */
function initialValue(element: JsonObject, currentChannel?: string): InputValue {
  const current =
    element['default_to_current_conversation'] === true && currentChannel !== undefined
      ? currentChannel
      : undefined;
  switch (element['type']) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return isObject(element['initial_option']) ? String(element['initial_option']['value'] ?? '') : null;
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return objects(element['initial_options']).map((option) => String(option['value'] ?? ''));
    case 'conversations_select':
      return plain(element['initial_conversation']) ?? current ?? null;
    case 'multi_conversations_select':
      return list(element['initial_conversations']) ?? (current === undefined ? [] : [current]);
    case 'multi_users_select':
      return list(element['initial_users']) ?? [];
    case 'multi_channels_select':
      return list(element['initial_channels']) ?? [];
    case 'rich_text_input':
      return isObject(element['initial_value']) ? element['initial_value'] : null;
    case 'datetimepicker':
      return typeof element['initial_date_time'] === 'number' ? element['initial_date_time'] : null;
    default:
      return (
        plain(
          element['initial_value'] ??
            element['initial_date'] ??
            element['initial_time'] ??
            element['initial_user'] ??
            element['initial_channel'],
        ) ?? null
      );
  }
}

/** The values of all elements: what is kept where the element is still there, else its initial value. */
export function valuesFor(blocks: readonly JsonObject[], kept: Values, currentChannel?: string): Values {
  const values: Values = {};
  for (const { blockId, actionId, element } of placedElements(blocks)) {
    if (!holdsValue(element)) continue;
    const old = kept[blockId]?.[actionId];
    values[blockId] = {
      ...values[blockId],
      [actionId]: old === undefined ? initialValue(element, currentChannel) : old,
    };
  }
  return values;
}

/** What of `kept` an update does not lose: elements with the same ids and the same type. */
export function keptValues(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
  values: Values,
): Values {
  const kept: Values = {};
  for (const { blockId, actionId, element } of placedElements(before)) {
    const value = values[blockId]?.[actionId];
    const same = findElement(after, blockId, actionId)?.element['type'] === element['type'];
    if (same && value !== undefined) kept[blockId] = { ...kept[blockId], [actionId]: value };
  }
  return kept;
}

/** The values as `state.values` of a payload. https://docs.slack.dev/reference/views#state */
export function stateOf(blocks: readonly JsonObject[], values: Values, offered: Offered): JsonObject {
  const state: Record<string, Record<string, Json>> = {};
  for (const placed of placedElements(blocks)) {
    if (!holdsValue(placed.element)) continue;
    const value = values[placed.blockId]?.[placed.actionId] ?? null;
    state[placed.blockId] = {
      ...state[placed.blockId],
      [placed.actionId]: stateValue(placed, value, offered),
    };
  }
  return { values: state };
}

/** One element's value in Slack's form: `{ type, selected_option: {...} }` and so on. */
export function stateValue(placed: Placed, value: InputValue, offered: Offered): JsonObject {
  const type = String(placed.element['type']);
  const option = (wanted: Json) =>
    optionsOf(placed, offered).find((each) => each['value'] === wanted) ?? null;
  const many = Array.isArray(value) ? value : [];
  switch (type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
    case 'overflow':
      return { type, selected_option: option(value) };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: many.map(option).filter((each) => each !== null) };
    case 'users_select':
      return { type, selected_user: value };
    case 'channels_select':
      return { type, selected_channel: value };
    case 'conversations_select':
      return { type, selected_conversation: value };
    case 'multi_users_select':
      return { type, selected_users: many };
    case 'multi_channels_select':
      return { type, selected_channels: many };
    case 'multi_conversations_select':
      return { type, selected_conversations: many };
    case 'datepicker':
      return { type, selected_date: value };
    case 'timepicker':
      return {
        type,
        selected_time: value,
        ...(placed.element['timezone'] === undefined ? {} : { timezone: placed.element['timezone'] }),
      };
    case 'datetimepicker':
      return { type, selected_date_time: value === null ? null : Number(value) };
    case 'rich_text_input':
      return isObject(value) ? { type, rich_text_value: value } : { type };
    case 'file_input':
      return { type, files: [] };
    default:
      return { type, value: value === '' ? null : value };
  }
}

function plain(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function list(value: Json | undefined): string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined;
}
