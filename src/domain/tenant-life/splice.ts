/** One place of a text to be written anew: the characters from `start` up to `end` become `text`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with every splice made; all else stays, character by character. The splices must not overlap. */
export function splice(text: string, splices: readonly Splice[]): string {
  // Of several at one place, the last is put in first, so that they stand in the order given.
  const ordered = [...splices].reverse().sort((a, b) => b.start - a.start);
  return ordered.reduce((so, { start, end, text: put }) => so.slice(0, start) + put + so.slice(end), text);
}
