import type { Policy } from '../policy.ts';

/**
 * The wave that a place belongs to, counted from 0: the first that names it, `*` standing for any characters; what none
 * names comes after the last.
 */
export function waveOf(place: string, waves: Policy['changes']['waves']): number {
  const index = waves.findIndex(({ places }) => places.some((pattern) => matches(pattern, place)));
  return index < 0 ? waves.length : index;
}

/** Goes from piece to piece, so that no pattern can make it slow. */
function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === name;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length)
    return false;
  const middle = name.slice(first.length, name.length - last.length);
  let from = 0;
  return rest.every((piece) => {
    const at = middle.indexOf(piece, from);
    from = at + piece.length;
    return at >= 0;
  });
}
