import type { RichTextElement } from '@slack/types';
import { clip } from '../clip.ts';

/** Characters of JSON that a value takes in a message. */
export function weight(value: unknown): number {
  return JSON.stringify(value).length;
}

/**
 * Cuts what is too long for one place into pieces of at most `limit` characters of JSON: between elements, and within a
 * text at a space. A link stays whole.
 */
export function splitElements(
  elements: readonly RichTextElement[],
  limit: number,
): readonly (readonly RichTextElement[])[] {
  const pieces: RichTextElement[][] = [];
  let room = 0;
  for (const element of elements.flatMap((each) => splitText(each, limit))) {
    const own = weight(element) + 1;
    const last = pieces.at(-1);
    if (last === undefined || own > room) {
      pieces.push([element]);
      room = limit - own;
    } else {
      last.push(element);
      room -= own;
    }
  }
  return pieces;
}

/** The beginning of what is too long, cut at a word and with an ellipsis. */
export function clipElements(
  elements: readonly RichTextElement[],
  limit: number,
): readonly RichTextElement[] {
  const [first = [], ...others] = splitElements(elements, limit);
  if (others.length === 0) return first;
  const last = first.at(-1);
  return last?.type === 'text'
    ? [...first.slice(0, -1), { ...last, text: `${last.text.trimEnd()}…` }]
    : [...first, { type: 'text', text: '…' }];
}

function splitText(element: RichTextElement, limit: number): readonly RichTextElement[] {
  if (element.type === 'link' && weight(element) >= limit && element.text !== undefined) {
    return [{ ...element, text: clip(element.text, 100) }];
  }
  if (element.type !== 'text' || weight(element) < limit) return [element];
  const end = cut(element.text);
  return [element.text.slice(0, end), element.text.slice(end)]
    .filter((text) => text !== '')
    .flatMap((text) => splitText({ ...element, text }, limit));
}

/** Where to cut a text in two: behind the last space of its first half, else where no letter is torn. */
function cut(text: string): number {
  const half = Math.max(1, Math.floor(text.length / 2));
  const space = Math.max(text.lastIndexOf(' ', half), text.lastIndexOf('\n', half));
  if (space > half / 2) return space + 1;
  return Math.max(1, clip(text, half + 1).length - 1);
}
