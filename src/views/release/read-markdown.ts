import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { tameMarkdown } from './tame-markdown.ts';

const options = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };

/** Reads GitHub's Markdown of any length; where somebody tries to keep the reader busy, their signs are mere text. */
export function readMarkdown(text: string) {
  return fromMarkdown(tameMarkdown(text), options);
}

/** Reads a short text exactly, with the place of everything in it; it takes time by the square of the length. */
export function readShortMarkdown(text: string) {
  return fromMarkdown(text, options);
}

export type MarkdownRoot = ReturnType<typeof readMarkdown>;
export type MarkdownNode = MarkdownRoot['children'][number];
