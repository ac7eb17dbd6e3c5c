import { z } from 'zod';
import {
  actions,
  context,
  contextActions,
  divider,
  header,
  image,
  input,
  markdown,
  section,
  video,
} from './blocks.ts';
import { dataVisualization } from './chart-block.ts';
import { alert, card, carousel, container, dataTable, plan, table, taskCard } from './newer-blocks.ts';
import { richText } from './rich-text.ts';

/** Where blocks are shown. */
export type Surface = 'message' | 'modal' | 'home';

const everywhere = [
  actions,
  context,
  divider,
  header,
  image,
  input,
  richText,
  section,
  video,
  container,
] as const;

/**
 * Which blocks each surface takes, and how many. https://docs.slack.dev/reference/block-kit/blocks
 * A `file` block comes only from Slack itself.
 */
const BLOCKS = {
  message: z
    .array(
      z.discriminatedUnion('type', [
        ...everywhere,
        contextActions,
        markdown,
        table,
        dataTable,
        taskCard,
        plan,
        card,
        carousel,
        dataVisualization,
      ]),
    )
    .max(50),
  modal: z.array(z.discriminatedUnion('type', [...everywhere, alert])).max(100),
  home: z.array(z.discriminatedUnion('type', [...everywhere, card, carousel])).max(100),
} as const;

export function blocksOf(surface: Surface): z.ZodType {
  return BLOCKS[surface];
}
