import type { Json, JsonObject } from '../client-types.ts';

/** An element that a person can use, and the block it lies in. */
export interface Placed {
  readonly block: JsonObject;
  readonly blockId: string;
  readonly element: JsonObject;
  readonly actionId: string;
  /** JSON pointer below the list of blocks: `/3/elements/1`. */
  readonly pointer: string;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Every block, those in containers, carousels and plans too, with its JSON pointer. */
export function allBlocks(
  blocks: readonly JsonObject[],
  base = '',
): { readonly block: JsonObject; readonly pointer: string }[] {
  return blocks.flatMap((block, index) => {
    const pointer = `${base}/${index}`;
    const inner =
      block['type'] === 'carousel' ? 'elements' : block['type'] === 'plan' ? 'tasks' : 'child_blocks';
    return [{ block, pointer }, ...allBlocks(objects(block[inner]), `${pointer}/${inner}`)];
  });
}

/** Every element that a person can use. */
export function placedElements(blocks: readonly JsonObject[]): Placed[] {
  return allBlocks(blocks).flatMap(({ block, pointer }) =>
    elementsIn(block).map(({ element, at }) => ({
      block,
      blockId: String(block['block_id'] ?? ''),
      element,
      actionId: String(element['action_id'] ?? ''),
      pointer: `${pointer}/${at}`,
    })),
  );
}

/** The elements directly in a block; images and texts are none. */
function elementsIn(block: JsonObject): { readonly element: JsonObject; readonly at: string }[] {
  const field = {
    section: 'accessory',
    input: 'element',
    actions: 'elements',
    context_actions: 'elements',
    card: 'actions',
  }[String(block['type'])];
  if (field === undefined) return [];
  const value = block[field];
  if (isObject(value)) return value['type'] === 'image' ? [] : [{ element: value, at: field }];
  return objects(value).map((element, index) => ({ element, at: `${field}/${index}` }));
}

/** The element with these ids; undefined when there is none. */
export function findElement(
  blocks: readonly JsonObject[],
  blockId: string,
  actionId: string,
): Placed | undefined {
  return placedElements(blocks).find((each) => each.blockId === blockId && each.actionId === actionId);
}

/** Every text in a tree of blocks, for counting. */
export function textsIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? (COUNTED.has(key) ? [inner] : []) : textsIn(inner ?? null),
  );
}

const COUNTED: ReadonlySet<string> = new Set(['text', 'url', 'alt_text', 'title', 'caption']);
