import { z } from 'zod';
import {
  actionId,
  confirm,
  conversationFilter,
  optionGroup,
  plainOption,
  plainText,
  richOption,
} from './composition.ts';

// Elements that let a person choose. https://docs.slack.dev/reference/block-kit/block-elements

const common = { action_id: actionId, confirm, focus_on_load: z.boolean().optional() };
const menu = { ...common, placeholder: plainText(150).optional() };
const many = { max_selected_items: z.number().int().min(1).optional() };
const lists = {
  options: z.array(plainOption).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
};
const external = { min_query_length: z.number().int().min(0).optional() };
const ids = z.array(z.string()).min(1).optional();

interface Lists {
  options?: unknown[] | undefined;
  option_groups?: { options: unknown[] }[] | undefined;
}

/** Options lie in `options` or in `option_groups`, and what is chosen at first must be among them, word for word. */
function oneList(initial: (element: Record<string, unknown>) => unknown[]) {
  return (element: Lists & Record<string, unknown>, context: z.RefinementCtx) => {
    if ((element.options === undefined) === (element.option_groups === undefined)) {
      context.addIssue({ code: 'custom', message: 'must define either `options` or `option_groups`' });
      return;
    }
    const all = element.options ?? element.option_groups?.flatMap((group) => group.options) ?? [];
    reportUnknown(all, initial(element), context);
  };
}

function reportUnknown(options: unknown[], initial: unknown[], context: z.RefinementCtx): void {
  const known = new Set(options.map(identity));
  const field = initial.length > 1 ? 'initial_options' : 'initial_option';
  if (initial.some((each) => !known.has(identity(each)))) {
    context.addIssue({ code: 'custom', message: `${field} must exactly match one of the options` });
  }
}

function identity(option: unknown): string {
  const { text, value } = Object(option);
  return JSON.stringify([text?.text, value]);
}

const first = (element: Record<string, unknown>) =>
  element['initial_option'] === undefined ? [] : [element['initial_option']];
const firsts = (element: Record<string, unknown>) =>
  Array.isArray(element['initial_options']) ? element['initial_options'] : [];

export const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...menu,
    ...lists,
    initial_option: plainOption.optional(),
  })
  .superRefine(oneList(first));
export const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...menu,
    ...many,
    ...lists,
    initial_options: z.array(plainOption).min(1).max(100).optional(),
  })
  .superRefine(oneList(firsts));
export const externalSelect = z.strictObject({
  type: z.literal('external_select'),
  ...menu,
  ...external,
  initial_option: plainOption.optional(),
});
export const multiExternalSelect = z.strictObject({
  type: z.literal('multi_external_select'),
  ...menu,
  ...many,
  ...external,
  initial_options: z.array(plainOption).min(1).max(100).optional(),
});
export const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  ...menu,
  initial_user: z.string().optional(),
});
export const multiUsersSelect = z.strictObject({
  type: z.literal('multi_users_select'),
  ...menu,
  ...many,
  initial_users: ids,
});
export const channelsSelect = z.strictObject({
  type: z.literal('channels_select'),
  ...menu,
  initial_channel: z.string().optional(),
  response_url_enabled: z.boolean().optional(),
});
export const multiChannelsSelect = z.strictObject({
  type: z.literal('multi_channels_select'),
  ...menu,
  ...many,
  initial_channels: ids,
});
export const conversationsSelect = z.strictObject({
  type: z.literal('conversations_select'),
  ...menu,
  initial_conversation: z.string().optional(),
  default_to_current_conversation: z.boolean().optional(),
  response_url_enabled: z.boolean().optional(),
  filter: conversationFilter,
});
export const multiConversationsSelect = z.strictObject({
  type: z.literal('multi_conversations_select'),
  ...menu,
  ...many,
  initial_conversations: ids,
  default_to_current_conversation: z.boolean().optional(),
  filter: conversationFilter,
});
export const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...common,
    options: z.array(richOption).min(1).max(10),
    initial_options: z.array(richOption).min(1).max(10).optional(),
  })
  .superRefine((element, context) => reportUnknown(element.options, firsts(element), context));
export const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...common,
    options: z.array(richOption).min(1).max(10),
    initial_option: richOption.optional(),
  })
  .superRefine((element, context) => reportUnknown(element.options, first(element), context));
export const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: actionId,
  confirm,
  options: z.array(plainOption).min(1).max(5),
});
