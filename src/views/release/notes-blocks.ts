import type { RichTextBlock } from '@slack/types';
import type { NoteEntry, NotesSection, ReleaseNotes } from '../../domain/release/release-notes.ts';
import { clip } from '../clip.ts';
import { bullets, line, preformatted, richText, words } from '../rich-text.ts';
import { headingLine } from './body-blocks.ts';
import { entryElements, entryMark, entryText } from './entry-words.ts';

/** Up to so many entries stand with links; more of them stand in few words each. */
const mostWithLinks = 60;
// A view takes 250 kB; this leaves room for the rest of the form.
const mostBytes = 90_000;

/** The notes as they will stand: every entry, in few words where there are hundreds. */
export function notesBlocks(notes: ReleaseNotes): readonly RichTextBlock[] {
  const sections: readonly NotesSection[] = [
    ...notes.sections,
    ...(notes.promotions.length > 0 ? [{ title: 'Promotions', entries: notes.promotions }] : []),
  ];
  const count = sections.reduce((sum, { entries }) => sum + entries.length, 0);
  if (count === 0) return [richText(line(words('Nothing is listed.')))];
  const limits = [110, 70, 40, 20, 0];
  const candidates = [
    ...(count <= mostWithLinks ? [() => sections.map(withLinks)] : []),
    ...limits.map((limit) => () => sections.map((section) => inFewWords(section, limit))),
  ];
  for (const candidate of candidates) {
    const blocks = candidate();
    if (bytes(blocks) <= mostBytes) return blocks;
  }
  return [
    richText(line(words(`${count} entries; too many to be shown here. The notes will hold all of them.`))),
  ];
}

function bytes(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

function headOf({ title, entries }: NotesSection): string {
  return `${clip(title, 150)} (${entries.length})`;
}

function withLinks(section: NotesSection): RichTextBlock {
  return richText(
    headingLine(headOf(section)),
    bullets(section.entries.map((entry) => line(...entryElements(entry)))),
  );
}

function inFewWords(section: NotesSection, limit: number): RichTextBlock {
  const lines = section.entries.map((entry) => wordsOf(entry, limit));
  const text = lines.join(limit === 0 ? ', ' : '\n');
  return richText(headingLine(headOf(section)), preformatted(text, text.length));
}

function wordsOf(entry: NoteEntry, limit: number): string {
  return limit === 0 ? entryMark(entry) : entryText(entry, limit);
}
