import type { RichTextElement } from '@slack/types';
import { words } from '../rich-text.ts';
import { type InlineContext, inlineElements, plainText, withoutComments } from './inline-elements.ts';
import { type MarkdownNode, readMarkdown } from './read-markdown.ts';
import { effectsHeading } from './release-body.ts';

/** One item of a list, with what is listed below it. */
export interface BodyEntry {
  readonly elements: readonly RichTextElement[];
  readonly nested: readonly (readonly RichTextElement[])[];
}

export type BodyPart =
  | { readonly kind: 'text' | 'quote'; readonly elements: readonly RichTextElement[] }
  | { readonly kind: 'entry'; readonly entry: BodyEntry }
  | { readonly kind: 'code'; readonly text: string };

export interface BodySection {
  readonly title: string;
  readonly parts: readonly BodyPart[];
}

/** What a release's body says, whoever wrote it: text and links, nothing else. */
export interface ParsedBody {
  readonly introduction: readonly BodyPart[];
  readonly sections: readonly BodySection[];
}

/**
 * Reads a release's Markdown. What the announcement says for itself, "What it will do" and the line "Full Changelog",
 * is left out.
 *
 * @param repoUrl address of the repository; bare addresses of its pull requests are shown by their number.
 */
export function parseReleaseBody(body: string, repoUrl: string): ParsedBody {
  const { children } = readMarkdown(body);
  const context = { repoUrl, definitions: definitionsIn(children) };
  const sections: { title: string; parts: BodyPart[] }[] = [{ title: '', parts: [] }];
  for (const node of children) {
    if (node.type === 'heading') sections.push({ title: plainText(node.children).trim(), parts: [] });
    else sections.at(-1)?.parts.push(...partsOf(node, context));
  }
  const [introduction, ...others] = sections;
  return {
    introduction: introduction?.parts ?? [],
    sections: others.filter(({ title, parts }) => parts.length > 0 && !isSaidElsewhere(title)),
  };
}

function isSaidElsewhere(title: string): boolean {
  return title.toLowerCase() === effectsHeading.toLowerCase();
}

function definitionsIn(nodes: readonly MarkdownNode[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const node of nodes) {
    // The first of a name counts, as on GitHub.
    if (node.type === 'definition' && !found.has(node.identifier)) found.set(node.identifier, node.url);
  }
  return found;
}

function partsOf(node: MarkdownNode, context: InlineContext): readonly BodyPart[] {
  switch (node.type) {
    case 'paragraph':
      return isChangelog(node) ? [] : textPart('text', trimmed(inlineElements(node.children, context)));
    case 'list':
      return node.children.map((item, index) => ({
        kind: 'entry',
        entry: entryOf(item, context, node.ordered ? `${(node.start ?? 1) + index}. ` : ''),
      }));
    case 'blockquote':
      return textPart('quote', linesOf(node.children, context));
    case 'code':
      return node.value.trim() === '' ? [] : [{ kind: 'code', text: node.value }];
    case 'table':
      return textPart('text', linesOf(node.children, context));
    case 'html': {
      const text = withoutComments(node.value);
      return text === '' ? [] : [{ kind: 'text', elements: [words(text)] }];
    }
    case 'footnoteDefinition':
      return textPart('text', [words(`[${node.identifier}] `), ...linesOf(node.children, context)]);
    default:
      return [];
  }
}

function textPart(kind: 'text' | 'quote', elements: readonly RichTextElement[]): readonly BodyPart[] {
  return elements.length === 0 ? [] : [{ kind, elements }];
}

function isChangelog(node: MarkdownNode): boolean {
  return 'children' in node && /^\s*full changelog\s*:/i.test(plainText(node.children));
}

function entryOf(
  item: Extract<MarkdownNode, { type: 'listItem' }>,
  context: InlineContext,
  mark: string,
): BodyEntry {
  const own = item.children.filter(({ type }) => type !== 'list');
  const box = item.checked == null ? '' : item.checked ? '☑ ' : '☐ ';
  const start = `${mark}${box}`;
  return {
    elements: orBlank([...(start === '' ? [] : [words(start)]), ...linesOf(own, context)]),
    nested: item.children.flatMap((child) => (child.type === 'list' ? nestedOf(child, context) : [])),
  };
}

/** Lists within lists are one level here, however deep they go. */
function nestedOf(
  list: Extract<MarkdownNode, { type: 'list' }>,
  context: InlineContext,
): readonly (readonly RichTextElement[])[] {
  return list.children.flatMap((item) => {
    const { elements, nested } = entryOf(item, context, '');
    return [elements, ...nested];
  });
}

/** Blocks as lines of one text. */
function linesOf(nodes: readonly MarkdownNode[], context: InlineContext): readonly RichTextElement[] {
  const lines = nodes.map((node) => trimmed(lineOf(node, context))).filter((line) => line.length > 0);
  return lines.flatMap((line, index) => (index === 0 ? line : [words('\n'), ...line]));
}

function lineOf(node: MarkdownNode, context: InlineContext): readonly RichTextElement[] {
  switch (node.type) {
    case 'code':
      return node.value === '' ? [] : [words(node.value, { code: true })];
    case 'html': {
      const text = withoutComments(node.value);
      return text === '' ? [] : [words(text)];
    }
    case 'tableRow':
      return node.children.flatMap((cell, index) => [
        ...(index === 0 ? [] : [words(' | ')]),
        ...inlineElements(cell.children, context),
      ]);
    case 'paragraph':
      return inlineElements(node.children, context);
    case 'heading':
      return inlineElements(node.children, context, { bold: true });
    case 'blockquote':
    case 'list':
    case 'listItem':
    case 'table':
      return linesOf(node.children, context);
    default:
      return [];
  }
}

/** Without blank elements at both ends. */
function trimmed(elements: readonly RichTextElement[]): readonly RichTextElement[] {
  const isBlank = (element: RichTextElement) => element.type === 'text' && element.text.trim() === '';
  const first = elements.findIndex((element) => !isBlank(element));
  if (first < 0) return [];
  return elements.slice(first, elements.findLastIndex((element) => !isBlank(element)) + 1);
}

function orBlank(elements: readonly RichTextElement[]): readonly RichTextElement[] {
  return elements.length === 0 ? [words(' ')] : elements;
}
