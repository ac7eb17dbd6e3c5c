import type { NotesDifference } from '../../domain/release/release-notes.ts';
import { clip } from '../clip.ts';
import { listing } from '../listing.ts';

const mostNumbers = 200;

/** A difference to what GitHub's own generator of notes lists, as one sentence. */
export function differenceText(difference: NotesDifference): string {
  switch (difference.kind) {
    case 'held-before': {
      const them = difference.numbers.length === 1 ? 'it' : 'them';
      return `GitHub's own generator also lists ${numbersText(difference.numbers)}: ${clip(difference.tag, 100)} holds ${them} already, the history was rewritten since.`;
    }
    case 'left-out-by-github':
      return `GitHub's own generator does not list ${numbersText(difference.numbers)}, as its configuration may say or since commits were rewritten.`;
    case 'left-out':
      return `Left out of these notes, though part of the release: ${numbersText(difference.numbers)}.`;
    case 'without-pull-request':
      return difference.count === 1
        ? "1 commit came without a pull request; GitHub's own generator does not list it."
        : `${difference.count} commits came without a pull request; GitHub's own generator does not list them.`;
    case 'unknown':
      return "GitHub's own generator could not be asked, so these notes were not compared with it.";
  }
}

/** `#1, #2 and #3`. */
export function numbersText(numbers: readonly number[]): string {
  const shown = numbers.slice(0, mostNumbers).map((number) => `#${number}`);
  const more = numbers.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : listing(shown);
}
