import type { RichTextBlock, RichTextElement } from '@slack/types';
import { bullets, line, preformatted, richText, words } from '../rich-text.ts';
import type { BodyEntry, BodyPart, BodySection } from './parse-release-body.ts';
import { clipElements, splitElements, weight } from './split-elements.ts';

type Element = RichTextBlock['elements'][number];

/** Something that is never divided between two messages. */
export interface Piece {
  readonly elements: readonly Element[];
  /** Title of the section that it stands in, with how many entries that has. */
  readonly heading: string | undefined;
}

// Hand-written ones only can be as long: a title on GitHub has at most 256 characters.
const longestEntry = 2500;
const longestNested = 600;
const mostNested = 10;
const longestText = 3000;

/** Parts as pieces; a text that is too long for one goes on in the next. */
export function piecesOf(parts: readonly BodyPart[], heading?: string): readonly Piece[] {
  return parts.flatMap(elementsOf).map((elements) => ({ elements, heading }));
}

/** Every section's parts as pieces below its heading. */
export function sectionPieces(sections: readonly BodySection[]): readonly Piece[] {
  return sections.flatMap((section) => piecesOf(section.parts, headingOf(section)));
}

/** A section's title and how much is in it: `Tenants (3)`. */
export function headingOf({ title, parts }: BodySection): string {
  const count = parts.filter(({ kind }) => kind === 'entry').length;
  const shown = title.length > 150 ? `${title.slice(0, 149).toWellFormed()}…` : title || 'More';
  return count === 0 ? shown : `${shown} (${count})`;
}

function elementsOf(part: BodyPart): readonly (readonly Element[])[] {
  switch (part.kind) {
    case 'text':
      return splitElements(part.elements, longestText).map((piece) => [line(...piece)]);
    case 'quote':
      return splitElements(part.elements, longestText).map((piece) => [
        { type: 'rich_text_quote', elements: [...piece] },
      ]);
    case 'code':
      return splitElements([words(part.text)], longestText).map((piece) => [
        preformatted(piece.map((each) => ('text' in each ? each.text : '')).join(''), longestText),
      ]);
    case 'entry':
      return entryOf(part.entry);
  }
}

/** An entry with the first of what is listed below it; many more of those go on by themselves. */
function entryOf({ elements, nested }: BodyEntry): readonly (readonly Element[])[] {
  const own = bullets([line(...clipElements(elements, longestEntry))]);
  const below = nested.map((each) => line(...clipElements(each, longestNested)));
  const lists = Array.from({ length: Math.ceil(below.length / mostNested) }, (_, index) =>
    bullets(below.slice(index * mostNested, (index + 1) * mostNested), 1),
  );
  const [first, ...others] = lists;
  return [first === undefined ? [own] : [own, first], ...others.map((list) => [list])];
}

/**
 * Pieces as blocks, each section below its heading, lists drawn together.
 *
 * @param begun the heading of a section that began in the message before.
 */
export function blocksOf(pieces: readonly Piece[], begun?: string): readonly RichTextBlock[] {
  const blocks: Block[] = [];
  for (const { heading, elements } of pieces) {
    const last = blocks.at(-1);
    const block =
      last !== undefined && last.heading === heading
        ? last
        : startOf(heading, blocks.length === 0 && heading === begun);
    if (block !== last) blocks.push(block);
    for (const element of elements) append(block, element);
  }
  return blocks.map(({ elements }) => richText(...elements));
}

interface Block {
  readonly heading: string | undefined;
  readonly elements: Element[];
}

function startOf(heading: string | undefined, goesOn: boolean): Block {
  if (heading === undefined) return { heading, elements: [] };
  return { heading, elements: [headingLine(goesOn ? `${heading}, continued` : heading)] };
}

export function headingLine(heading: string, ...more: RichTextElement[]): Element {
  return line(words(heading, { bold: true }), ...more);
}

function append({ heading, elements }: Block, element: Element): void {
  const last = elements.at(-1);
  const isSame =
    last?.type === 'rich_text_list' &&
    element.type === 'rich_text_list' &&
    (last.indent ?? 0) === (element.indent ?? 0);
  if (isSame) elements.splice(-1, 1, { ...last, elements: [...last.elements, ...element.elements] });
  else if (last?.type === 'rich_text_section' && element.type === 'rich_text_section') {
    const isBelowHeading = heading !== undefined && elements.length === 1 && last.elements.length === 1;
    const gap = words(isBelowHeading ? '\n' : '\n\n');
    elements.splice(-1, 1, line(...last.elements, gap, ...element.elements));
  } else elements.push(element);
}

/** What a piece takes of a message. Items of one list share what holds them; whatever stands between lists pays for it. */
function pieceWeight({ elements }: Piece): number {
  const [only, ...others] = elements;
  return only?.type === 'rich_text_list' && others.length === 0
    ? weight(only.elements)
    : weight(elements) + 80;
}

/**
 * Divides pieces among messages of at most `most` characters of JSON and `mostBlocks` blocks, in order, none divided.
 * A section that goes on in another message says its heading again, and that it goes on.
 */
export function inMessages(
  pieces: readonly Piece[],
  most: number,
  mostBlocks = 45,
): readonly (readonly RichTextBlock[])[] {
  const messages: Piece[][] = [];
  let used = 0;
  let blocks = 0;
  for (const piece of pieces) {
    const last = messages.at(-1);
    const isNew = last?.at(-1)?.heading !== piece.heading || last === undefined;
    const own = pieceWeight(piece) + (isNew ? headingWeight(piece.heading) : 0);
    if (last === undefined || used + own > most || (isNew && blocks >= mostBlocks)) {
      messages.push([piece]);
      used = pieceWeight(piece) + headingWeight(piece.heading);
      blocks = 1;
    } else {
      last.push(piece);
      used += own;
      if (isNew) blocks += 1;
    }
  }
  return messages.map((own, index) => blocksOf(own, messages[index - 1]?.at(-1)?.heading));
}

function headingWeight(heading: string | undefined): number {
  return 100 + (heading === undefined ? 0 : 80 + weight(`${heading}, continued`));
}
