import { readShortMarkdown } from './read-markdown.ts';

/**
 * A person's own Markdown, so that it ends where it ends: no HTML or comment, no code block left open swallows what
 * stands below it. Everything else is as typed.
 *
 * @param text at most a few thousand characters.
 */
export function typedMarkdown(text: string): string {
  const typed = text.replace(/\r\n?/g, '\n').trim();
  return closed(withoutHtml(typed));
}

interface Placed {
  readonly type: string;
  readonly position?:
    | {
        readonly start: { readonly offset?: number | undefined };
        readonly end: { readonly offset?: number | undefined };
      }
    | undefined;
  readonly children?: readonly Placed[];
}

function withoutHtml(text: string): string {
  const ranges = htmlIn(readShortMarkdown(text));
  let from = 0;
  const parts: string[] = [];
  for (const [start, end] of ranges) {
    parts.push(text.slice(from, start), text.slice(start, end).replaceAll('<', '&lt;'));
    from = end;
  }
  const tame = [...parts, text.slice(from)].join('');
  // What stood within a block of HTML may be Markdown now, with HTML of its own.
  return ranges.length > 0 && tame !== text ? withoutHtml(tame) : tame;
}

function htmlIn(node: Placed): readonly (readonly [number, number])[] {
  if (node.type === 'html') return [[node.position?.start.offset ?? 0, node.position?.end.offset ?? 0]];
  return (node.children ?? []).flatMap(htmlIn);
}

function closed(text: string): string {
  const last = readShortMarkdown(`${text}\n\n# end`).children.at(-1);
  if (last?.type !== 'code') return text;
  const fence = /^[ ]{0,3}(`{3,}|~{3,})/.exec(text.slice(last.position?.start.offset ?? 0))?.[1];
  return fence === undefined ? text : `${text}\n${fence}`;
}
