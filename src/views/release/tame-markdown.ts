/** More signs of markup than anybody writes into one paragraph or entry. */
const mostSigns = 300;
const mostDepth = 8;
const mostLine = 5000;
const mostLines = 200;
/** Definitions of links and footnotes, and lines of quotations. */
const mostSpecial = 300;

/**
 * Keeps the time to read a text in proportion to its length: the reader needs time by the square of the signs in one
 * paragraph, and of the depth of lists and quotations. Where there are far too many, they stand as mere text.
 */
export function tameMarkdown(text: string): string {
  const runs: string[][] = [];
  let special = 0;
  for (const line of text.replace(/\r\n?/g, '\n').split('\n').flatMap(pieces)) {
    if (isSpecial(line)) special += 1;
    const flat = special > mostSpecial ? line.replace(/^([ \t]*)(?=[>[])/, '$1\\') : flattened(line);
    const last = runs.at(-1);
    if (last === undefined || beginsRun(flat) || last.length > mostLines) runs.push([flat]);
    else last.push(flat);
    if (special === mostSpecial && isSpecial(line)) runs.push(['']);
  }
  return runs.map((run) => tameRun(run.join('\n'))).join('\n');
}

function isSpecial(line: string): boolean {
  return /^[ \t]*(?:>|\[[^\]]{1,1000}\]:)/.test(line);
}

/** A line with far too many signs, in pieces that are paragraphs of their own. */
function pieces(line: string): readonly string[] {
  if (line.length <= mostLine || signsIn(line) <= mostSigns) return [line];
  const space = line.lastIndexOf(' ', mostLine);
  const end = space > mostLine / 2 ? space + 1 : mostLine;
  const cuts = Math.ceil((line.length - end) / mostLine);
  return [
    line.slice(0, end),
    ...Array.from({ length: cuts }, (_, index) => [
      '',
      line.slice(end + index * mostLine, end + (index + 1) * mostLine),
    ]).flat(),
  ];
}

function signsIn(text: string): number {
  return text.replace(/[^*_~`[\]!<&|:@\\]/g, '').length;
}

function beginsRun(line: string): boolean {
  return line.trim() === '' || /^[ \t]*(?:[-*+>#]|\d{1,9}[.)])[ \t]/.test(line);
}

function tameRun(run: string): string {
  const closed = run.split('\n').length > mostLines ? `${run}\n` : run;
  const signs = run.length <= mostSigns ? 0 : signsIn(run);
  if (signs <= mostSigns) return closed;
  return closed
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/[\\*_~`[\]<&|]/g, '\\$&')
    .replace(/[:@]/g, '$&\u200b');
}

function flattened(line: string): string {
  const prefix = /^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])(?=[ \t>]))+/.exec(line)?.[0] ?? '';
  const markers = prefix.replace(/[ \t]+/g, '').length;
  return markers > mostDepth && !/^[ \t]*([-*])(?:[ \t]*\1)*[ \t]*$/.test(line)
    ? line.slice(prefix.length).trimStart()
    : line;
}
