/** Breaks what GitHub would find in the rendered text, where backslashes do not help; it takes no room. */
const gap = '\u200b';

/**
 * Makes a text mean only itself in GitHub's markdown: no mention, no HTML, no link or cross reference, no heading,
 * list, quote, table or formula. Lines stay lines.
 * https://github.github.com/gfm/
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => escapePunctuation(breakReferences(line.trim())))
    .join('\n');
}

function breakReferences(line: string): string {
  return line
    .replace(/@(?=\S)/g, `@${gap}`)
    .replace(/#(?=\d)/g, `#${gap}`)
    .replace(/\b(GH)-(?=\d)/gi, `$1-${gap}`)
    .replace(/:(?=\/\/|[\w+-]+:)/g, `:${gap}`)
    .replace(/\b(mailto|xmpp):/gi, `$1${gap}:`)
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}${gap}.`)
    .replace(/(?<![0-9a-z])([0-9a-f]{6})(?=[0-9a-f]{1,58}(?![0-9a-z]))/gi, `$1${gap}`);
}

function escapePunctuation(line: string): string {
  return (
    line
      .replace(/[\\`*_[\]|~$]/g, '\\$&')
      // Some mean something at the beginning of a line only; elsewhere they stay as they read best.
      .replace(/^[#+\-=:]/, '\\$&')
      .replace(/^(\d{1,9})([.)])/, '$1\\$2')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
  );
}

/** A text as a quotation, every line of it; lines break where they broke. */
export function quoteMarkdown(text: string): string {
  return escapeMarkdown(text)
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}  `))
    .join('\n');
}

/** A text of one line as code, in which GitHub looks for nothing. */
export function codeMarkdown(text: string): string {
  // A pipe would end the cell of a table even within code.
  const line = text.replace(/\s+/g, ' ').trim().replaceAll('|', '¦');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}
