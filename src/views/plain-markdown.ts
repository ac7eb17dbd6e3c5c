/** What `quoteMarkdown` was given: the text of a quotation, without what keeps GitHub from reading markup in it. */
export function unquoteMarkdown(quotation: string): string {
  return quotation
    .split('\n')
    .map((row) => plainLine(row.replace(/^>[ ]?/, '').trimEnd()))
    .join('\n')
    .trim();
}

function plainLine(row: string): string {
  return row
    .replaceAll('\u200b', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\\([\\`*_[\]|~$#+\-=:.)])/g, '$1');
}

/** What `codeMarkdown` was given; empty for what is no code. */
export function plainCode(code: string): string {
  const fence = /^`+/.exec(code.trim())?.[0] ?? '';
  const text = code.trim();
  if (fence === '' || text.length < 2 * fence.length + 1 || !text.endsWith(fence)) return '';
  return text.slice(fence.length, -fence.length).trim().replaceAll('¦', '|');
}
