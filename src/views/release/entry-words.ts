import type { RichTextElement } from '@slack/types';
import { cleanLine } from '../../domain/form/clean-text.ts';
import type { NoteEntry } from '../../domain/release/release-notes.ts';
import { clip } from '../clip.ts';
import { codeMarkdown, escapeMarkdown } from '../markdown-text.ts';
import { words } from '../rich-text.ts';
import { safeLink, webAddress } from './safe-link.ts';

/** GitHub's titles have at most 256 characters; headlines of commits may have any number. */
const longestSubject = 300;

/** Types that a section's title says already, or that say nothing to whoever reads the notes. */
const unsaid: readonly (string | undefined)[] = ['feat', 'features', 'fix', 'chore', undefined];

/** What an entry is about: the area in brackets, else what its title begins with where that says something. */
function leadOf({ scope, area }: NoteEntry): string | undefined {
  return area ?? (unsaid.includes(scope) ? undefined : scope);
}

function subjectOf({ subject }: NoteEntry): string {
  return clip(cleanLine(subject), longestSubject) || 'without a title';
}

/** How an entry is called in few characters: `#12`, or a commit's first seven digits. */
export function entryMark({ source }: NoteEntry): string {
  return source.kind === 'pull' ? `#${source.number}` : source.commit.slice(0, 7);
}

/** An entry as one line of text without markup: `#12 dummy: increase compute quota`. */
export function entryText(entry: NoteEntry, limit: number): string {
  const lead = leadOf(entry);
  return clip(
    `${entryMark(entry)} ${lead === undefined ? '' : `${cleanLine(lead)}: `}${subjectOf(entry)}`,
    limit,
  );
}

/** An entry as a line of a list on GitHub, without the dash. */
export function entryMarkdown(entry: NoteEntry): string {
  const lead = leadOf(entry);
  const about = lead === undefined ? '' : `**${escapeMarkdown(clip(cleanLine(lead), 100))}**: `;
  return `${about}${escapeMarkdown(subjectOf(entry))} (${markMarkdown(entry)})${byMarkdown(entry)}${askedFor(entry, escapeMarkdown)}`;
}

function markMarkdown(entry: NoteEntry): string {
  const { source } = entry;
  // GitHub itself links a number to the pull request.
  if (source.kind === 'pull') return `#${source.number}`;
  const url = webAddress(source.url);
  const mark = entryMark(entry);
  return url === undefined ? codeMarkdown(mark) : `[${codeMarkdown(mark)}](<${url}>)`;
}

function byMarkdown({ author }: NoteEntry): string {
  if (author === undefined) return '';
  return author.isLogin && isLogin(author.name)
    ? ` by @${author.name}`
    : ` by ${escapeMarkdown(clip(cleanLine(author.name), 100)) || 'somebody'}`;
}

function askedFor({ askedBy }: NoteEntry, as: (text: string) => string): string {
  const name = askedBy && clip(cleanLine(askedBy.name), 100);
  return name ? `, asked for by ${as(name)}` : '';
}

/** What GitHub takes for a mention of one account, and nothing more. */
export function isLogin(name: string): boolean {
  return /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:\[bot\])?$/.test(name);
}

/** An entry as a line of a list in Slack. */
export function entryElements(entry: NoteEntry): readonly RichTextElement[] {
  const lead = leadOf(entry);
  return [
    ...(lead === undefined ? [] : [words(clip(cleanLine(lead), 100), { bold: true }), words(': ')]),
    words(`${subjectOf(entry)} (`),
    safeLink(entry.source.url, entryMark(entry)),
    words(`)${byText(entry)}${askedFor(entry, (text) => text)}`),
  ];
}

/** As the notes say it, where a login stands with its sign. */
function byText({ author }: NoteEntry): string {
  const name = author && clip(cleanLine(author.name), 100);
  return name ? ` by ${author?.isLogin && isLogin(name) ? '@' : ''}${name}` : '';
}

/** An entry's title as it was written, on one line. */
export function titleText(entry: NoteEntry, limit: number): string {
  const { scope, area, isBreaking } = entry;
  const mark = isBreaking ? '!' : '';
  const start = scope === undefined ? '' : `${scope}${area === undefined ? '' : `(${area})`}${mark}: `;
  return clip(cleanLine(`${start}${subjectOf(entry)}`), limit);
}
