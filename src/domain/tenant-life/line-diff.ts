/** One line of a comparison: kept, taken away or put in; `gap` stands for kept lines that are left out. */
export type DiffLine =
  | { readonly kind: 'same' | 'removed' | 'added'; readonly text: string }
  | { readonly kind: 'gap' };

/** Lines kept around what changes, so that one sees where it stands. */
const context = 2;

/** What changes from one text to another, line by line. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const same = (text: string): DiffLine => ({ kind: 'same', text });
  const middle = between(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return shorten([...a.slice(0, start).map(same), ...middle, ...a.slice(a.length - end).map(same)]);
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** Where as many lines go as come, line against line; that is what an edit of values is. */
function between(a: readonly string[], b: readonly string[]): readonly DiffLine[] {
  const removed = (text: string): DiffLine => ({ kind: 'removed', text });
  const added = (text: string): DiffLine => ({ kind: 'added', text });
  if (a.length !== b.length) return [...a.map(removed), ...b.map(added)];
  return a.flatMap((text, index): readonly DiffLine[] => {
    const other = b[index] ?? '';
    return text === other ? [{ kind: 'same', text }] : [removed(text), added(other)];
  });
}

function shorten(lines: readonly DiffLine[]): readonly DiffLine[] {
  const isNear = (index: number) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(({ kind }) => kind !== 'same');
  return lines.flatMap((line, index) => {
    if (isNear(index)) return [line];
    return index === 0 || isNear(index - 1) ? [{ kind: 'gap' } as const] : [];
  });
}
