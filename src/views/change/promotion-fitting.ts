/**
 * As many lines as fit, and last a line that says what is left out.
 *
 * @param room in characters, that last line included as far as it is short (250).
 */
export function fittingLines<Line extends { readonly text: string }>(
  lines: readonly Line[],
  room: number,
  cut: (left: readonly Line[]) => string,
): string {
  const total = lines.reduce((sum, { text }) => sum + text.length + 1, 0);
  const most = total <= room ? lines.length : countFitting(lines, room - 250);
  const shown = lines.slice(0, most).map(({ text }) => text);
  const left = lines.slice(most);
  return [...shown, ...(left.length > 0 ? ['', cut(left)] : [])].join('\n').trim();
}

function countFitting(lines: readonly { readonly text: string }[], room: number): number {
  let used = 0;
  const end = lines.findIndex(({ text }) => {
    used += text.length + 1;
    return used > room;
  });
  return end < 0 ? lines.length : end;
}
