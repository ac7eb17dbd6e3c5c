import type { JsonObject } from '../client-types.ts';
import type { Surface } from './surfaces.ts';
import { allBlocks, placedElements, textsIn } from './walk.ts';

/** What only shows when all blocks are looked at together; one line for each fault, as Slack words them. */
export function wholeFaults(blocks: readonly JsonObject[], surface: Surface, base: string): string[] {
  return [
    ...duplicateBlockIds(blocks, base),
    ...duplicateActionIds(blocks, base),
    ...focusTwice(blocks, base),
    ...misplacedElements(blocks, surface, base),
    ...(surface === 'message' ? messageFaults(blocks, base) : []),
  ];
}

function duplicateBlockIds(blocks: readonly JsonObject[], base: string): string[] {
  const seen = new Set<string>();
  return allBlocks(blocks).flatMap(({ block, pointer }) => {
    const id = block['block_id'];
    if (typeof id !== 'string' || id === '') return [];
    if (seen.has(id)) return [`block_id already exists: ${id} [json-pointer:${base}${pointer}/block_id]`];
    seen.add(id);
    return [];
  });
}

/** Two elements of one block may not share an `action_id`; elements of different blocks may. */
function duplicateActionIds(blocks: readonly JsonObject[], base: string): string[] {
  const seen = new Map<JsonObject, Set<string>>();
  return placedElements(blocks).flatMap(({ block, actionId, pointer }) => {
    const inBlock = seen.get(block) ?? new Set();
    seen.set(block, inBlock);
    if (actionId === '') return [];
    if (inBlock.has(actionId))
      return [`action_id already exists: ${actionId} [json-pointer:${base}${pointer}/action_id]`];
    inBlock.add(actionId);
    return [];
  });
}

function focusTwice(blocks: readonly JsonObject[], base: string): string[] {
  const focused = placedElements(blocks).filter(({ element }) => element['focus_on_load'] === true);
  return focused
    .slice(1)
    .map(
      ({ pointer }) =>
        `only one element can have focus_on_load [json-pointer:${base}${pointer}/focus_on_load]`,
    );
}

function misplacedElements(blocks: readonly JsonObject[], surface: Surface, base: string): string[] {
  return placedElements(blocks).flatMap(({ block, element, pointer }) => {
    const at = `[json-pointer:${base}${pointer}]`;
    if (element['type'] === 'file_input' && surface !== 'modal')
      return [`unsupported type: file_input ${at}`];
    const responds = element['response_url_enabled'] === true;
    if (responds && (surface !== 'modal' || block['type'] !== 'input')) {
      return [`response_url_enabled is only available in input blocks of modals ${at}`];
    }
    return [];
  });
}

function messageFaults(blocks: readonly JsonObject[], base: string): string[] {
  const all = allBlocks(blocks);
  const count = (...types: string[]) => all.filter(({ block }) => types.includes(String(block['type'])));
  const markdown = count('markdown').reduce((sum, { block }) => sum + String(block['text']).length, 0);
  const table = count('table', 'data_table').reduce(
    (sum, { block }) => sum + textsIn(block['rows'] ?? []).join('').length,
    0,
  );
  return [
    ...(count('plan').length > 1 ? [`only one plan block is allowed [json-pointer:${base}]`] : []),
    ...(count('data_visualization').length > 2
      ? [`no more than 2 data_visualization blocks allowed [json-pointer:${base}]`]
      : []),
    ...(markdown > 12_000 ? [`must be less than 12001 characters [json-pointer:${base}]`] : []),
    ...(table > 10_000 ? [`must be less than 10001 characters [json-pointer:${base}]`] : []),
  ];
}

/** Slack refuses a second table of a message with an error of its own. */
export function hasTwoTables(blocks: readonly JsonObject[]): boolean {
  return (
    allBlocks(blocks).filter(({ block }) => ['table', 'data_table'].includes(String(block['type']))).length >
    1
  );
}

/**
 * Characters that a message's blocks may hold in all. Undocumented; see
 * https://github.com/slackapi/bolt-js/issues/2867 and https://github.com/slackapi/bolt-js/issues/2509
 */
const BLOCKS_TEXT_LIMIT = 13_200;

export function isTooLong(blocks: readonly JsonObject[]): boolean {
  return textsIn(blocks).reduce((sum, each) => sum + each.length, 0) > BLOCKS_TEXT_LIMIT;
}
