import { z } from 'zod';
import type { Json, JsonObject } from '../client-types.ts';
import { Refusal, refusalWithMessages } from '../web/reply.ts';
import { blockFaults } from './check-blocks.ts';
import { plainText } from './composition.ts';
import { filledIn } from './fill-in.ts';
import { slackMessages } from './slack-messages.ts';
import { allBlocks, isObject, objects } from './walk.ts';

// https://docs.slack.dev/reference/views

const common = {
  blocks: z.array(z.unknown()).max(100),
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
};

const modal = z.strictObject({
  type: z.literal('modal'),
  title: plainText(24),
  close: plainText(24).optional(),
  submit: plainText(24).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  ...common,
});

const home = z.strictObject({
  type: z.literal('home'),
  title: plainText(24).optional(),
  close: plainText(24).optional(),
  submit: plainText(24).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  ...common,
});

/** Longest view, in bytes of JSON. */
const LARGEST_VIEW = 250_000;

/** What is wrong with a view; empty when nothing is. */
export function viewFaults(view: unknown, type: 'modal' | 'home'): string[] {
  const checked = (type === 'modal' ? modal : home).safeParse(view);
  const whole = checked.success ? [] : slackMessages(checked.error, view, '/view');
  const inner =
    isObject(view) && Array.isArray(view['blocks']) ? blockFaults(view['blocks'], type, '/view/blocks') : [];
  const missing = isObject(view) && type === 'modal' ? missingSubmit(view) : [];
  const found = [...new Set([...whole, ...inner, ...missing])];
  const inside = found.some(
    (each) => each.includes('[json-pointer:/view/') || each.endsWith('[json-pointer:/view]'),
  );
  const title = found.some((each) => each.startsWith('invalid additional property'));
  return inside && title ? ['failed to match all allowed schemas [json-pointer:/view]', ...found] : found;
}

function missingSubmit(view: JsonObject): string[] {
  const hasInput = allBlocks(objects(view['blocks'])).some(({ block }) => block['type'] === 'input');
  return hasInput && view['submit'] === undefined
    ? ['missing required field: submit [json-pointer:/view]']
    : [];
}

/** A view, checked and with everything filled in that Slack fills in. Refuses as `views.open` does. */
export function checkedView(view: Json | undefined, type: 'modal' | 'home'): JsonObject {
  if (!isObject(view)) throw refusalWithMessages('invalid_arguments', ['missing required field: view']);
  const faults = viewFaults(view, type);
  if (faults.length > 0) throw refusalWithMessages('invalid_arguments', faults);
  if (Buffer.byteLength(JSON.stringify(view)) > LARGEST_VIEW) throw new Refusal('view_too_large');
  return {
    type,
    title: textOf(view['title']),
    close: textOf(view['close']),
    submit: textOf(view['submit']),
    callback_id: view['callback_id'] ?? '',
    private_metadata: view['private_metadata'] ?? '',
    external_id: view['external_id'] ?? '',
    clear_on_close: view['clear_on_close'] ?? false,
    notify_on_close: view['notify_on_close'] ?? false,
    blocks: filledIn(objects(view['blocks'])),
  };
}

function textOf(text: Json | undefined): Json {
  return isObject(text) ? { ...text, emoji: text['emoji'] ?? true } : null;
}
