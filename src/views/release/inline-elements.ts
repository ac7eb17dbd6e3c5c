import type { RichTextElement } from '@slack/types';
import { type TextStyle, words } from '../rich-text.ts';
import type { MarkdownNode } from './read-markdown.ts';
import { safeLink } from './safe-link.ts';
import { referencesIn, shownAddress } from './shown-reference.ts';

export interface InlineContext {
  /** Address of the repository, such as `https://github.com/owner/name`. */
  readonly repoUrl: string;
  /** Addresses that the text defines apart from where they are used, by identifier. */
  readonly definitions: ReadonlyMap<string, string>;
}

type Node = MarkdownNode;
type Nodes = readonly Node[];

/** What stands within a paragraph or an entry, as text and links: never a mention, never another's link. */
export function inlineElements(
  nodes: Nodes,
  context: InlineContext,
  style: TextStyle = {},
): readonly RichTextElement[] {
  return nodes.flatMap((node) => inlineElement(node, context, style));
}

function inlineElement(node: Node, context: InlineContext, style: TextStyle): readonly RichTextElement[] {
  switch (node.type) {
    case 'text':
      return referencesIn(node.value, context.repoUrl, style);
    case 'inlineCode':
      return [words(node.value, { ...style, code: true })];
    case 'html':
      return textOf(withoutComments(node.value), style);
    case 'break':
      return [words('\n')];
    case 'strong':
      return inlineElements(node.children, context, { ...style, bold: true });
    case 'emphasis':
      return inlineElements(node.children, context, { ...style, italic: true });
    case 'delete':
      return inlineElements(node.children, context, { ...style, strike: true });
    case 'link':
      return [linkTo(node.url, plainText(node.children), context, style)];
    case 'image':
      return [safeLink(node.url, node.alt || 'image', style)];
    case 'linkReference':
      return [
        linkTo(context.definitions.get(node.identifier) ?? '', plainText(node.children), context, style),
      ];
    case 'imageReference':
      return [safeLink(context.definitions.get(node.identifier) ?? '', node.alt || 'image', style)];
    case 'footnoteReference':
      return [words(`[${node.identifier}]`, style)];
    default:
      return 'children' in node ? inlineElements(node.children, context, style) : [];
  }
}

function linkTo(url: string, text: string, { repoUrl }: InlineContext, style: TextStyle): RichTextElement {
  const isBare = text === url || text.trim() === '' || `http://${text}` === url;
  return safeLink(url, isBare ? shownAddress(url, repoUrl) : text, style);
}

function textOf(text: string, style: TextStyle): readonly RichTextElement[] {
  return text === '' ? [] : [words(text, style)];
}

/** All text below some nodes. */
export function plainText(nodes: Nodes): string {
  return nodes
    .map((node) => {
      if (node.type === 'break') return ' ';
      if (node.type === 'html') return withoutComments(node.value);
      if ('value' in node) return node.value;
      if ('children' in node) return plainText(node.children);
      return node.type === 'image' ? (node.alt ?? '') : '';
    })
    .join('');
}

/** HTML without its comments; one that does not end takes everything behind it. */
export function withoutComments(html: string): string {
  const [first = '', ...others] = html.split('<!--');
  return [
    first,
    ...others.map((part) => {
      const end = part.indexOf('-->');
      return end < 0 ? '' : part.slice(end + 3);
    }),
  ]
    .join('')
    .trim();
}
