import type { FieldErrors, InputValue, JsonObject } from '../client-types.ts';
import { optionsOf } from '../element-values.ts';
import { isObject, type Placed, placedElements } from '../kit/walk.ts';
import type { View } from '../state.ts';

/** What Slack's own client finds wrong with a form before it sends it; empty when nothing. */
export function formFaults(view: View): FieldErrors {
  const faults = placedElements(view.blocks)
    .filter((placed) => placed.block['type'] === 'input')
    .flatMap((placed) => {
      const value = view.values[placed.blockId]?.[placed.actionId] ?? null;
      const fault = isEmpty(value) ? missing(placed) : valueFault(placed, value, view.offered);
      return fault === undefined ? [] : [[placed.blockId, fault] as const];
    });
  return Object.fromEntries(faults);
}

function missing({ block }: Placed): string | undefined {
  return block['optional'] === true ? undefined : 'Please complete this required field.';
}

function isEmpty(value: InputValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Why an element cannot hold a value; undefined when it can. Empty is always possible here. */
export function valueFault(
  placed: Placed,
  value: InputValue,
  offered: Record<string, readonly JsonObject[]>,
): string | undefined {
  const { element } = placed;
  if (isEmpty(value)) return undefined;
  switch (element['type']) {
    case 'plain_text_input':
      return lengthFault(element, String(value));
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(String(value))
        ? undefined
        : 'Please enter a valid email address.';
    case 'url_text_input':
      return /^https?:\/\/\S+$/.test(String(value)) ? undefined : 'Please enter a valid URL.';
    case 'number_input':
      return numberFault(element, String(value));
    case 'datepicker':
      return /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? undefined : 'Please enter a valid date.';
    case 'timepicker':
      return /^([01]\d|2[0-3]):[0-5]\d$/.test(String(value)) ? undefined : 'Please enter a valid time.';
    case 'datetimepicker':
      return typeof value === 'number' ? undefined : 'Please enter a valid date and time.';
    case 'rich_text_input':
      return isObject(value) ? undefined : 'Please enter a formatted text.';
    default:
      return choiceFault(placed, value, offered);
  }
}

function lengthFault(element: JsonObject, value: string): string | undefined {
  const least = Number(element['min_length'] ?? 0);
  const most = Number(element['max_length'] ?? 3000);
  if (value.length < least) return `Please enter at least ${least} characters.`;
  return value.length > most ? `Please enter no more than ${most} characters.` : undefined;
}

function numberFault(element: JsonObject, value: string): string | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return 'Please enter a valid number.';
  if (element['is_decimal_allowed'] !== true && value.includes('.')) return 'Please enter a whole number.';
  const { min_value: least, max_value: most } = element;
  if (least !== undefined && Number(value) < Number(least))
    return `Please enter a number of at least ${String(least)}.`;
  return most !== undefined && Number(value) > Number(most)
    ? `Please enter a number of at most ${String(most)}.`
    : undefined;
}

const WITH_OPTIONS =
  /^(static_select|external_select|multi_static_select|multi_external_select|radio_buttons|checkboxes)$/;

function choiceFault(
  placed: Placed,
  value: InputValue,
  offered: Record<string, readonly JsonObject[]>,
): string | undefined {
  const { element } = placed;
  const chosen: readonly unknown[] = Array.isArray(value) ? value : [value];
  const most = Number(element['max_selected_items'] ?? Number.POSITIVE_INFINITY);
  if (chosen.length > most) return `Please choose no more than ${most}.`;
  if (!WITH_OPTIONS.test(String(element['type']))) return undefined;
  const known = new Set(optionsOf(placed, offered).map((option) => option['value']));
  return chosen.every((each) => known.has(String(each))) ? undefined : 'This is not one of the options.';
}
