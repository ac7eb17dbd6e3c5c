/** The name that is meant by one that is mistyped; undefined when none is near enough to be sure. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const most = typed.length < 5 ? 1 : 2;
  const [first, second] = known
    .filter((name) => Math.abs(name.length - typed.length) <= most)
    .map((name) => ({ name, away: distance(typed.toLowerCase(), name.toLowerCase()) }))
    .filter(({ away }) => away <= most)
    .sort((one, other) => one.away - other.away);
  return first !== undefined && second?.away !== first.away ? first.name : undefined;
}

/** Levenshtein's distance of two short words, a swap of two letters side by side counting as one. */
function distance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      const at = (up: number, left: number) => rows[row - up]?.[column - left] ?? Number.POSITIVE_INFINITY;
      let best = Math.min((rows[row - 1]?.[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1, at(1, 1) + same);
      const isSwap =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwap) best = Math.min(best, at(2, 2) + 1);
      line.push(best);
    }
    rows.push(line);
  }
  return rows[one.length]?.[other.length] ?? Number.POSITIVE_INFINITY;
}
