import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { tameMarkdown } from './tame-markdown.ts';

const options = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };

/**
 * Reads GitHub's Markdown. Positions are those of `tameMarkdown(text)`, which is the text itself unless somebody
 * tries to keep the reader busy.
 */
export function readMarkdown(text: string) {
  return fromMarkdown(tameMarkdown(text), options);
}

export type MarkdownRoot = ReturnType<typeof readMarkdown>;
export type MarkdownNode = MarkdownRoot['children'][number];
