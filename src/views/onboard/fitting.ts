import type { KnownBlock } from '@slack/types';

/** How many of the first blocks stay within so many bytes of JSON. */
export function fitting(blocks: readonly KnownBlock[], bytes: number): number {
  let sum = 0;
  const over = blocks.findIndex((block) => {
    sum += new TextEncoder().encode(JSON.stringify(block)).length;
    return sum > bytes;
  });
  return over < 0 ? blocks.length : over;
}
