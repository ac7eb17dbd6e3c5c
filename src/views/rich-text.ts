import type { RichTextBlock, RichTextElement, RichTextLink, RichTextSection } from '@slack/types';
import { clip } from './clip.ts';

export interface TextStyle {
  readonly bold?: true;
  readonly italic?: true;
  readonly strike?: true;
  readonly code?: true;
}

/** A run of words; nothing in rich text is read as markup. */
export function words(text: string, style: TextStyle = {}): RichTextElement {
  const element = { type: 'text', text: text === '' ? ' ' : text } as const;
  return Object.keys(style).length === 0 ? element : { ...element, style };
}

export function link(url: string, text: string, style: TextStyle = {}): RichTextLink {
  const element = { type: 'link', url, text: text === '' ? ' ' : text } as const;
  return Object.keys(style).length === 0 ? element : { ...element, style };
}

export function person(id: string): RichTextElement {
  return { type: 'user', user_id: id };
}

/** A paragraph of rich text; Slack begins a new line after it, and within it at `\n`. */
export function line(...elements: RichTextElement[]): RichTextSection {
  return { type: 'rich_text_section', elements };
}

export function richText(...elements: RichTextBlock['elements']): RichTextBlock {
  return { type: 'rich_text', elements };
}

/** A text as it stands, in a box of its own; clipped to `limit` characters. */
export function preformatted(text: string, limit: number): RichTextBlock['elements'][number] {
  return {
    type: 'rich_text_preformatted',
    elements: [{ type: 'text', text: clip(text.trimEnd(), limit) || ' ' }],
  };
}

export function quote(text: string, limit: number): RichTextBlock['elements'][number] {
  return { type: 'rich_text_quote', elements: [{ type: 'text', text: clip(text, limit) || ' ' }] };
}

/** @param indent 1 for a list within another. */
export function bullets(lines: readonly RichTextSection[], indent = 0): RichTextBlock['elements'][number] {
  return { type: 'rich_text_list', style: 'bullet', ...(indent > 0 && { indent }), elements: [...lines] };
}
