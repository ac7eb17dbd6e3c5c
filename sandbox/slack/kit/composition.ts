import { z } from 'zod';

// https://docs.slack.dev/reference/block-kit/composition-objects

export const blockId = z.string().max(255).optional();
export const actionId = z.string().max(255).optional();
export const url = z.string().min(1).max(3000);

/** Text without markup, of `min` to `max` characters. */
export function plainText(max: number, min = 1) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(min).max(max),
    emoji: z.boolean().optional(),
  });
}

export function mrkdwnText(max: number, min = 1) {
  return z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(min).max(max),
    verbatim: z.boolean().optional(),
  });
}

/** Either of the two. Where it fits none, Slack first says so of the whole object, then what is wrong inside. */
export function anyText(max: number, min = 1) {
  const either = z.discriminatedUnion('type', [plainText(max, min), mrkdwnText(max, min)]);
  return oneOf(either);
}

/** A schema whose failure Slack announces as "failed to match all allowed schemas". */
export function oneOf(inner: z.ZodType) {
  return z.unknown().superRefine((value, context) => {
    if (value === undefined) {
      context.addIssue({ code: 'invalid_type', expected: 'object', input: value });
      return;
    }
    const checked = inner.safeParse(value);
    if (checked.success) return;
    context.addIssue({ code: 'custom', message: 'failed to match all allowed schemas', input: value });
    for (const issue of checked.error.issues) context.issues.push({ ...issue, input: undefined });
  });
}

export const confirm = z
  .strictObject({
    title: plainText(100).optional(),
    text: anyText(300),
    confirm: plainText(30).optional(),
    deny: plainText(30).optional(),
    style: z.enum(['primary', 'danger']).optional(),
  })
  .optional();

/** An option of a select or overflow menu; its value is 150 characters at most, its texts 75. */
export const plainOption = z.strictObject({
  text: plainText(75),
  value: z.string().max(150).optional(),
  description: plainText(75).optional(),
  url: url.optional(),
});

/** An option of checkboxes or radio buttons. */
export const richOption = z.strictObject({
  text: anyText(75),
  value: z.string().max(150).optional(),
  description: anyText(75).optional(),
});

export const optionGroup = z.strictObject({
  label: plainText(75),
  options: z.array(plainOption).min(1).max(100),
});

export const dispatchConfig = z
  .strictObject({ trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1) })
  .optional();

export const conversationFilter = z
  .strictObject({
    include: z
      .array(z.enum(['im', 'mpim', 'private', 'public']))
      .min(1)
      .optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .optional();

export const slackFile = z
  .strictObject({ id: z.string().optional(), url: z.string().optional() })
  .superRefine((file, context) => {
    if ((file.id === undefined) === (file.url === undefined)) {
      context.addIssue({ code: 'custom', message: 'must define either `id` or `url`' });
    }
  });

/** Adds "must define either ..." unless exactly one of the two images is given. */
export function oneImage(
  value: { image_url?: unknown; slack_file?: unknown },
  context: z.RefinementCtx,
): void {
  if ((value.image_url === undefined) === (value.slack_file === undefined)) {
    context.addIssue({ code: 'custom', message: 'must define either `image_url` or `slack_file`' });
  }
}
