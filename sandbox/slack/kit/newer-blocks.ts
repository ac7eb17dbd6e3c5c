import { z } from 'zod';
import { actions, context, divider, file, header, image, input, section, video } from './blocks.ts';
import { anyText, blockId, mrkdwnText, plainText, url } from './composition.ts';
import * as element from './elements.ts';
import { richText } from './rich-text.ts';

// Blocks for tables, tasks, cards and alerts. https://docs.slack.dev/reference/block-kit/blocks

const rawText = z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) });
const rawNumber = z.strictObject({
  type: z.literal('raw_number'),
  value: z.number(),
  text: z.string().optional(),
});
const cell = z.discriminatedUnion('type', [rawText, rawNumber, richText]);

export const table = z.strictObject({
  type: z.literal('table'),
  block_id: blockId,
  rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
  column_settings: z
    .array(
      z
        .strictObject({
          align: z.enum(['left', 'center', 'right']).optional(),
          is_wrapped: z.boolean().optional(),
        })
        .nullable(),
    )
    .max(20)
    .optional(),
});

export const dataTable = z
  .strictObject({
    type: z.literal('data_table'),
    block_id: blockId,
    caption: z.string().min(1),
    rows: z.array(z.array(cell).min(1).max(20)).min(2).max(101),
    page_size: z.number().int().min(1).max(100).optional(),
    row_header_column_index: z.number().int().min(0).max(19).optional(),
  })
  .superRefine((block, issues) => {
    const [head = []] = block.rows;
    if (head.some((each) => each.type === 'rich_text')) {
      issues.addIssue({ code: 'custom', message: 'header cells cannot be rich_text', path: ['rows', 0] });
    }
    block.rows.forEach((row, index) => {
      if (row.length !== head.length) {
        issues.addIssue({
          code: 'custom',
          message: 'all rows must have the same number of cells',
          path: ['rows', index],
        });
      }
    });
  });

const source = z.strictObject({ type: z.literal('url'), url, text: z.string().min(1) });

export const taskCard = z.strictObject({
  type: z.literal('task_card'),
  block_id: blockId,
  task_id: z.string().min(1),
  title: z.string().min(1),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']).optional(),
  details: richText.optional(),
  output: richText.optional(),
  sources: z.array(source).optional(),
});

export const plan = z.strictObject({
  type: z.literal('plan'),
  block_id: blockId,
  title: z.string().min(1),
  tasks: z.array(taskCard).max(50).optional(),
});

export const card = z
  .strictObject({
    type: z.literal('card'),
    block_id: blockId,
    hero_image: element.image.optional(),
    icon: element.image.optional(),
    title: mrkdwnText(150).optional(),
    subtitle: mrkdwnText(150).optional(),
    body: mrkdwnText(200).optional(),
    subtext: mrkdwnText(200).optional(),
    actions: z.array(element.button).min(1).max(3).optional(),
  })
  .superRefine((block, issues) => {
    if (!block.hero_image && !block.title && !block.actions && !block.body) {
      issues.addIssue({
        code: 'custom',
        message: 'must define at least one of `hero_image`, `title`, `actions` or `body`',
      });
    }
  });

export const carousel = z.strictObject({
  type: z.literal('carousel'),
  block_id: blockId,
  elements: z.array(card).min(1).max(10),
});

export const alert = z.strictObject({
  type: z.literal('alert'),
  block_id: blockId,
  text: anyText(200),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});

export const container = z
  .strictObject({
    type: z.literal('container'),
    block_id: blockId,
    title: plainText(150).optional(),
    rich_text_title: richText.optional(),
    subtitle: anyText(150).optional(),
    icon: element.image.optional(),
    width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
    is_collapsible: z.boolean().optional(),
    default_collapsed: z.boolean().optional(),
    has_header_divider: z.boolean().optional(),
    child_blocks: z
      .array(
        z.discriminatedUnion('type', [
          actions,
          context,
          divider,
          file,
          header,
          image,
          input,
          richText,
          section,
          table,
          video,
        ]),
      )
      .min(1)
      .max(10),
  })
  .superRefine((block, issues) => {
    if (!block.title && !block.rich_text_title) {
      issues.addIssue({ code: 'custom', message: 'must define either `title` or `rich_text_title`' });
    }
    if (block.default_collapsed === true && block.is_collapsible !== true) {
      issues.addIssue({ code: 'custom', message: '`default_collapsed` requires `is_collapsible`' });
    }
  });
