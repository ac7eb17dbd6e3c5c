/** A freeze as it was typed. */
export type FreezeWords =
  /** @param until ISO 8601 in UTC; undefined for until further notice. */
  | { readonly kind: 'ok'; readonly reason: string; readonly until: string | undefined }
  | { readonly kind: 'no-reason' }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'bad-time'; readonly time: string };

const longestReason = 1_000;

/**
 * Reads `<reason> [until <YYYY-MM-DD[ HH:MM]>]`. Times are UTC; a date alone means the beginning of that day. The last
 * `until` counts, and what follows it must be a time: a freeze that ended otherwise than somebody meant would be worse
 * than one more question.
 */
export function readFreeze(words: readonly string[]): FreezeWords {
  const at = words.findLastIndex((word) => word.toLowerCase() === 'until');
  const reason = (at < 0 ? words : words.slice(0, at)).join(' ');
  const time = at < 0 ? undefined : words.slice(at + 1).join(' ');
  const until = time === undefined ? undefined : readTime(time);
  if (time !== undefined && until === undefined) return { kind: 'bad-time', time };
  if (reason === '') return { kind: 'no-reason' };
  return reason.length > longestReason ? { kind: 'too-long' } : { kind: 'ok', reason, until };
}

/** ISO 8601 in UTC; undefined for what is no time, such as 30 February. */
function readTime(text: string): string | undefined {
  const shape = /^(\d{4}-\d{2}-\d{2})(?:[ T]((?:[01]\d|2[0-3]):[0-5]\d))?(?: ?(?:Z|UTC))?$/i;
  const [, day, time = '00:00'] = shape.exec(text) ?? [];
  if (day === undefined) return undefined;
  const date = new Date(`${day}T${time}:00.000Z`);
  // Some engines roll a day that a month does not have over into the next.
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
  return isReal ? date.toISOString() : undefined;
}
