import { z } from 'zod';
import { actionId, confirm, dispatchConfig, oneImage, plainText, slackFile, url } from './composition.ts';
import { richText } from './rich-text.ts';

// https://docs.slack.dev/reference/block-kit/block-elements

const focus = { focus_on_load: z.boolean().optional() };
const placeholder = plainText(150).optional();
const typed = { action_id: actionId, placeholder, dispatch_action_config: dispatchConfig, ...focus };
const style = z.enum(['primary', 'danger']).optional();
const label75 = z.string().max(75).optional();

export const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id: actionId,
  url: url.optional(),
  value: z.string().max(2000).optional(),
  style,
  confirm,
  accessibility_label: label75,
});

export const workflowButton = z.strictObject({
  type: z.literal('workflow_button'),
  text: plainText(75),
  workflow: z.strictObject({
    trigger: z.strictObject({
      url,
      customizable_input_parameters: z
        .array(z.strictObject({ name: z.string(), value: z.unknown() }))
        .optional(),
    }),
  }),
  action_id: actionId,
  style,
  accessibility_label: label75,
});

const feedbackButton = z.strictObject({
  text: plainText(75),
  value: z.string().max(2000),
  accessibility_label: label75,
});
export const feedbackButtons = z.strictObject({
  type: z.literal('feedback_buttons'),
  action_id: actionId,
  positive_button: feedbackButton,
  negative_button: feedbackButton,
});

export const iconButton = z.strictObject({
  type: z.literal('icon_button'),
  icon: z.enum(['trash']),
  text: plainText(75),
  action_id: actionId,
  value: z.string().max(2000).optional(),
  confirm,
  accessibility_label: label75,
  visible_to_user_ids: z.array(z.string()).optional(),
});

export const image = z
  .strictObject({
    type: z.literal('image'),
    alt_text: z.string().min(1).max(2000),
    image_url: url.optional(),
    slack_file: slackFile.optional(),
  })
  .superRefine(oneImage);

export const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  action_id: actionId,
  placeholder,
  confirm,
  ...focus,
  initial_date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a valid date')
    .optional(),
});

export const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  action_id: actionId,
  placeholder,
  confirm,
  ...focus,
  timezone: z.string().optional(),
  initial_time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a valid time')
    .optional(),
});

export const datetimepicker = z.strictObject({
  type: z.literal('datetimepicker'),
  action_id: actionId,
  confirm,
  ...focus,
  initial_date_time: z.number().int().min(1_000_000_000).max(9_999_999_999).optional(),
});

export const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    ...typed,
    initial_value: z.string().max(3000).optional(),
    multiline: z.boolean().optional(),
    min_length: z.number().int().min(0).max(3000).optional(),
    max_length: z.number().int().min(1).max(3000).optional(),
  })
  .superRefine((input, context) => {
    if (
      input.min_length !== undefined &&
      input.max_length !== undefined &&
      input.min_length > input.max_length
    ) {
      context.addIssue({ code: 'custom', message: 'min_length must be less than or equal to max_length' });
    }
  });

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a valid number');

export const numberInput = z
  .strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: decimal.optional(),
    min_value: decimal.optional(),
    max_value: decimal.optional(),
  })
  .superRefine((input, context) => {
    if (
      input.min_value !== undefined &&
      input.max_value !== undefined &&
      Number(input.min_value) > Number(input.max_value)
    ) {
      context.addIssue({ code: 'custom', message: 'min_value must be less than or equal to max_value' });
    }
  });

export const emailInput = z.strictObject({
  type: z.literal('email_text_input'),
  ...typed,
  initial_value: z.string().optional(),
});
export const urlInput = z.strictObject({
  type: z.literal('url_text_input'),
  ...typed,
  initial_value: z.string().optional(),
});

export const richTextInput = z.strictObject({
  type: z.literal('rich_text_input'),
  ...typed,
  initial_value: richText.optional(),
  min_lines: z.number().int().min(1).max(100).optional(),
  max_lines: z.number().int().min(1).max(100).optional(),
});

export const fileInput = z.strictObject({
  type: z.literal('file_input'),
  action_id: actionId,
  filetypes: z.array(z.string()).optional(),
  max_files: z.number().int().min(1).max(10).optional(),
});
