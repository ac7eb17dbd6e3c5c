import type { RichTextSection } from '@slack/types';
import type { Arrival } from '../domain/arrival.ts';
import { arrivalWords } from './arrival-text.ts';
import { clip } from './clip.ts';
import { line, words } from './rich-text.ts';

/** One line for each arrival, at most `most` and a last one that counts the rest. */
export function arrivalLines(
  arrivals: readonly Arrival[],
  most: number,
  merged = false,
): readonly RichTextSection[] {
  const all = arrivalWords(arrivals, merged);
  const lines = all
    .slice(0, most)
    .map(({ where, when }) => line(words(clip(where, 200), { bold: true }), words(`: ${clip(when, 300)}`)));
  const more = all.length - lines.length;
  return more > 0 ? [...lines, line(words(`and ${more} more`))] : lines;
}
