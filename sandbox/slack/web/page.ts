import { type Args, text } from './args.ts';
import { type Fields, Refusal } from './reply.ts';

/** How many items of a list the caller wants. Refuses what is no number or outside 1 to `max`. */
export function limitOf(args: Args, fallback: number, max: number): number {
  const wanted = text(args, 'limit');
  if (wanted === undefined) return fallback;
  const limit = Number(wanted);
  if (!Number.isInteger(limit) || limit < 1 || limit > max) throw new Refusal('invalid_limit');
  return limit;
}

/** One page of a list, and the cursor of the next. https://docs.slack.dev/apis/web-api/pagination */
export function pageOf<T>(
  args: Args,
  all: readonly T[],
  limit: number,
): { readonly items: readonly T[]; readonly next: string } {
  const cursor = text(args, 'cursor');
  const start =
    cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString('utf8').replace('next:', ''));
  if (!Number.isInteger(start) || start < 0) throw new Refusal('invalid_cursor');
  const end = start + limit;
  return {
    items: all.slice(start, end),
    next: end < all.length ? Buffer.from(`next:${end}`).toString('base64') : '',
  };
}

export function nextCursor(next: string): Fields {
  return { response_metadata: { next_cursor: next } };
}
