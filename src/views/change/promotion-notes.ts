import { clip } from '../clip.ts';
import { escapeMarkdown } from '../markdown-text.ts';
import { webAddress } from '../release/safe-link.ts';
import { fittingLines } from './promotion-fitting.ts';
import { promotionQuotedNotes } from './promotion-quoted-notes.ts';

/** A release with its notes as they stand on GitHub. */
export interface PromotedRelease {
  readonly tag: string;
  readonly url: string;
  /** Markdown. */
  readonly body: string;
}

/** What a release has at least, so that its notes are worth to begin. */
const leastRoom = 500;
/** For the names of those whose notes do not fit. */
const roomForNames = 2_000;

/** The notes of every release that a promotion brings, newest first, as Markdown of at most about `room` characters. */
export function promotionNotes(releases: readonly PromotedRelease[], room: number): string {
  const parts: string[] = [];
  let left = room - roomForNames;
  for (const [index, release] of releases.entries()) {
    const heading = `#### ${linkOf(release)}`;
    const notes = promotionQuotedNotes(release.body) || 'No notes.';
    const whole = `${heading}\n\n${notes}`;
    if (whole.length + 2 > left) {
      const [begun, rest] =
        left > leastRoom + heading.length
          ? [[`${heading}\n\n${cutNotes(release, left - heading.length - 4)}`], releases.slice(index + 1)]
          : [[], releases.slice(index)];
      return [...parts, ...begun, ...namesOf(rest)].join('\n\n');
    }
    parts.push(whole);
    left -= whole.length + 2;
  }
  return parts.join('\n\n');
}

function linkOf({ tag, url }: PromotedRelease): string {
  const [text, address] = [escapeMarkdown(clip(tag, 100)), webAddress(url)];
  return address === undefined ? text : `[${text}](<${address}>)`;
}

/** Cut between lines before it is made harmless, so that no fence stays open. */
function cutNotes(release: PromotedRelease, room: number): string {
  const lines = release.body.replace(/\r\n?/g, '\n').split('\n');
  let [low, high] = [0, lines.length];
  const fits = (most: number) => promotionQuotedNotes(lines.slice(0, most).join('\n')).length <= room - 300;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  const shown = promotionQuotedNotes(lines.slice(0, low).join('\n'));
  const cut = `**Cut here**: ${lines.length - low} of ${lines.length} lines of these notes are not shown.`;
  return shown === '' ? cut : `${shown}\n\n${cut}`;
}

function namesOf(releases: readonly PromotedRelease[]): readonly string[] {
  if (releases.length === 0) return [];
  const lines = releases.map((release) => ({ text: `- ${linkOf(release)}` }));
  const names = fittingLines(lines, roomForNames - 200, (left) => `and ${left.length} more`);
  return [`**Cut here**: the notes of ${releases.length} more are not shown.\n\n${names}`];
}
