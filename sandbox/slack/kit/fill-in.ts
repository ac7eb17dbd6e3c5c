import type { Json, JsonObject } from '../client-types.ts';
import { randomBlockId } from '../ids.ts';
import { isObject } from './walk.ts';

/** Blocks as Slack stores them: every id made where the app left it out, and the defaults of text objects. */
export function filledIn(blocks: readonly JsonObject[]): JsonObject[] {
  return blocks.map((block) => withDefaults({ ...block, block_id: block['block_id'] || randomBlockId() }));
}

const ACTIONABLE =
  /^(button|workflow_button|overflow|checkboxes|radio_buttons|(date|time|datetime)picker|.*_select|.*_input|feedback_buttons|icon_button)$/;
const INNER_BLOCKS: ReadonlySet<string> = new Set(['child_blocks', 'tasks']);

function withDefaults(object: JsonObject): JsonObject {
  const filled: Record<string, Json> = {};
  for (const [key, value] of Object.entries(object)) {
    if (INNER_BLOCKS.has(key) && Array.isArray(value)) filled[key] = filledIn(value.filter(isObject));
    else if (key === 'elements' && object['type'] === 'carousel' && Array.isArray(value))
      filled[key] = filledIn(value.filter(isObject));
    else filled[key] = defaultsOf(value);
  }
  const type = object['type'];
  if (type === 'plain_text' && filled['emoji'] === undefined) filled['emoji'] = true;
  if (type === 'mrkdwn' && filled['verbatim'] === undefined) filled['verbatim'] = false;
  if (typeof type === 'string' && ACTIONABLE.test(type) && !filled['action_id'])
    filled['action_id'] = randomBlockId();
  if (type === 'input') {
    filled['optional'] ??= false;
    filled['dispatch_action'] ??= false;
  }
  return filled;
}

function defaultsOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(defaultsOf);
  return isObject(value) ? withDefaults(value) : value;
}
