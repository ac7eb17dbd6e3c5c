const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A text of at most `limit` UTF-16 units, an ellipsis at its end where something was cut off. The cut never falls into
 * a letter with its accents, an emoji, or one of Slack's escapes (`&amp;`).
 */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  if (limit < 1) return '';
  const room = text.slice(0, limit - 1);
  return `${dropTorn(room, text)}…`;
}

function dropTorn(room: string, whole: string): string {
  // A cluster is looked for near the cut only, so that a text of any length costs the same.
  const from = Math.max(0, room.length - 64);
  const around = whole.slice(from, room.length + 64);
  let end = 0;
  for (const { index, segment } of graphemes.segment(around)) {
    if (index + segment.length > room.length - from) break;
    end = index + segment.length;
  }
  const kept = end > 0 ? room.slice(0, from + end) : from === 0 ? '' : room;
  return dropHalf(kept).replace(/&[a-z]{0,3}$/, '');
}

function dropHalf(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}
