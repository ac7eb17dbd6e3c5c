import { z } from 'zod';
import {
  channelsSelect,
  checkboxes,
  conversationsSelect,
  externalSelect,
  multiChannelsSelect,
  multiConversationsSelect,
  multiExternalSelect,
  multiStaticSelect,
  multiUsersSelect,
  overflow,
  radioButtons,
  staticSelect,
  usersSelect,
} from './choices.ts';
import { anyText, blockId, mrkdwnText, oneImage, plainText, slackFile, url } from './composition.ts';
import * as element from './elements.ts';

// https://docs.slack.dev/reference/block-kit/blocks

const selects = [
  staticSelect,
  externalSelect,
  usersSelect,
  conversationsSelect,
  channelsSelect,
  multiStaticSelect,
  multiExternalSelect,
  multiUsersSelect,
  multiConversationsSelect,
  multiChannelsSelect,
] as const;
const choices = [...selects, checkboxes, radioButtons] as const;
const pickers = [element.datepicker, element.timepicker, element.datetimepicker] as const;

export const divider = z.strictObject({ type: z.literal('divider'), block_id: blockId });

export const header = z.strictObject({ type: z.literal('header'), block_id: blockId, text: plainText(150) });

export const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: blockId,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: z
      .discriminatedUnion('type', [
        ...choices,
        element.datepicker,
        element.timepicker,
        overflow,
        element.button,
        element.workflowButton,
        element.image,
      ])
      .optional(),
    expand: z.boolean().optional(),
  })
  .superRefine((block, context) => {
    if (block.text === undefined && block.fields === undefined) {
      context.addIssue({ code: 'custom', message: 'must define either `text` or `fields`' });
    }
  });

export const context = z.strictObject({
  type: z.literal('context'),
  block_id: blockId,
  elements: z
    .array(z.discriminatedUnion('type', [element.image, plainText(3000), mrkdwnText(3000)]))
    .min(1)
    .max(10),
});

export const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: z
    .array(
      z.discriminatedUnion('type', [
        ...choices,
        ...pickers,
        overflow,
        element.button,
        element.workflowButton,
        element.richTextInput,
      ]),
    )
    .min(1)
    .max(25),
});

export const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  block_id: blockId,
  elements: z
    .array(z.discriminatedUnion('type', [element.feedbackButtons, element.iconButton]))
    .min(1)
    .max(5),
});

export const input = z.strictObject({
  type: z.literal('input'),
  block_id: blockId,
  label: plainText(2000),
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: z.discriminatedUnion('type', [
    ...choices,
    ...pickers,
    element.plainTextInput,
    element.numberInput,
    element.emailInput,
    element.urlInput,
    element.richTextInput,
    element.fileInput,
  ]),
});

export const image = z
  .strictObject({
    type: z.literal('image'),
    block_id: blockId,
    alt_text: z.string().min(1).max(2000),
    title: plainText(2000).optional(),
    image_url: url.optional(),
    slack_file: slackFile.optional(),
  })
  .superRefine(oneImage);

const https = url.regex(/^https:\/\//, 'must be a https url');

export const video = z.strictObject({
  type: z.literal('video'),
  block_id: blockId,
  alt_text: z.string().min(1),
  title: plainText(199),
  title_url: https.optional(),
  description: plainText(200).optional(),
  video_url: https,
  thumbnail_url: url,
  author_name: z.string().max(49).optional(),
  provider_name: z.string().optional(),
  provider_icon_url: url.optional(),
});

export const file = z.strictObject({
  type: z.literal('file'),
  block_id: blockId,
  external_id: z.string().min(1),
  source: z.literal('remote'),
});

export const markdown = z.strictObject({
  type: z.literal('markdown'),
  block_id: blockId,
  text: z.string().min(1).max(12_000),
});
