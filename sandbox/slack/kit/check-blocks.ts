import type { Json, JsonObject } from '../client-types.ts';
import { Refusal, refusalWithMessages } from '../web/reply.ts';
import { filledIn } from './fill-in.ts';
import { slackMessages } from './slack-messages.ts';
import { blocksOf, type Surface } from './surfaces.ts';
import { isObject } from './walk.ts';
import { hasTwoTables, isTooLong, wholeFaults } from './whole-checks.ts';

/** What is wrong with a list of blocks on a surface; empty when nothing is. */
export function blockFaults(blocks: unknown, surface: Surface, base: string): string[] {
  const checked = blocksOf(surface).safeParse(blocks);
  if (!checked.success) return slackMessages(checked.error, blocks, base);
  return wholeFaults(Array.isArray(blocks) ? blocks.filter(isObject) : [], surface, base);
}

/**
 * A message's blocks, checked and with ids filled in.
 *
 * Refuses with `invalid_blocks_format` what is no list of objects, with `invalid_blocks` what breaks a rule of Block
 * Kit, with `msg_blocks_too_long` what is too much in all.
 */
export function messageBlocks(blocks: Json | undefined): JsonObject[] {
  if (blocks === undefined || blocks === null) return [];
  if (!Array.isArray(blocks) || !blocks.every(isObject)) throw new Refusal('invalid_blocks_format');
  const faults = blockFaults(blocks, 'message', '/blocks');
  if (faults.length > 0) throw refusalWithMessages('invalid_blocks', faults);
  if (hasTwoTables(blocks)) throw refusalWithMessages('invalid_attachments', ['only_one_table_allowed']);
  if (isTooLong(blocks)) throw new Refusal('msg_blocks_too_long');
  return filledIn(blocks);
}
