import type { EffectsSummary } from '../../domain/effects/summarise.ts';
import type { NoteEntry, ReleaseNotes } from '../../domain/release/release-notes.ts';
import { escapeMarkdown } from '../markdown-text.ts';
import { differenceText } from './difference-words.ts';
import { behindText, effectMarkdown } from './effect-words.ts';
import { entryMark, entryMarkdown, entryText, isLogin } from './entry-words.ts';
import { webAddress } from './safe-link.ts';
import { typedMarkdown } from './typed-markdown.ts';

export interface ReleaseBody {
  readonly notes: ReleaseNotes;
  /** Markdown, as typed. */
  readonly introduction: string;
  /** Undefined when they could not be worked out. */
  readonly effects: EffectsSummary | undefined;
  /** GitHub's page of the comparison with the release before; undefined for the first. */
  readonly compareUrl: string | undefined;
  /** Set when production runs an older version than the release before. */
  readonly behind?: { readonly runs: string; readonly previous: string } | undefined;
}

/** Heading of the lines that the announcement says for itself. */
export const effectsHeading = 'What it will do';

/** GitHub takes 125,000 characters. */
const longestBody = 124_000;
const longestEffects = 30_000;
const mostPromotions = 10;

/**
 * A release's Markdown for GitHub. Every entry stands in it whole; where all are too much, the last ones stand by their
 * number alone.
 */
export function releaseBody(content: ReleaseBody): string {
  const { notes } = content;
  const before = [typedMarkdown(content.introduction)];
  const after = [...promotions(notes), ...contributors(notes), ...effects(content), ...about(content)];
  const all = notes.sections.flatMap(({ title, entries }) => entries.map((entry) => ({ title, entry })));
  const room = longestBody - joined([...before, ...after]).length;
  const most = fittingEntries(all, room);
  const rest = all.slice(most).map(({ entry }) => entry);
  return joined([...before, ...sections(all.slice(0, most)), ...byNumber(rest, room), ...after]);
}

interface Placed {
  readonly title: string;
  readonly entry: NoteEntry;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

function sections(placed: readonly Placed[]): readonly string[] {
  return [...Map.groupBy(placed, ({ title }) => title)].map(
    ([title, own]) =>
      `### ${escapeMarkdown(title)}\n\n${own.map(({ entry }) => `- ${entryMarkdown(entry)}`).join('\n')}`,
  );
}

const restHeading = '### And also';
const between = ', ';

/** How many of the first entries can stand whole, with the others by their number. */
function fittingEntries(all: readonly Placed[], room: number): number {
  const marks = all.map(({ entry }) => entryMark(entry).length + between.length);
  let numbers = marks.reduce((sum, length) => sum + length, 0);
  let used = 0;
  const titles = new Set<string>();
  const fits = (index: number) =>
    used + (index === all.length ? 0 : numbers + restHeading.length + 4) <= room;
  let most = 0;
  for (const [index, { title, entry }] of all.entries()) {
    used += entryMarkdown(entry).length + 3 + (titles.has(title) ? 0 : escapeMarkdown(title).length + 8);
    titles.add(title);
    numbers -= marks[index] ?? 0;
    if (used > room) break;
    if (fits(index + 1)) most = index + 1;
  }
  return most;
}

function byNumber(rest: readonly NoteEntry[], room: number): readonly string[] {
  if (rest.length === 0) return [];
  const marks = rest.map(entryMark);
  // Only beyond ten thousand entries even the numbers are too many.
  const most = Math.floor(
    (room - restHeading.length - 40) / (Math.max(...marks.map(({ length }) => length)) + 2),
  );
  const more = marks.length > most ? ` and ${marks.length - most} more` : '';
  return [`${restHeading}\n\n${marks.slice(0, Math.max(0, most)).join(between)}${more}`];
}

function promotions(notes: ReleaseNotes): readonly string[] {
  if (notes.promotions.length === 0) return [];
  const whole = notes.promotions.length <= mostPromotions;
  const each = notes.promotions.map((entry) =>
    whole
      ? `${escapeMarkdown(entryText(entry, 300).replace(/^\S+ (?:release: )?/, ''))} (${entryMark(entry)})`
      : entryMark(entry),
  );
  const shown = each.slice(0, 300);
  const more = each.length > shown.length ? ` and ${each.length - shown.length} more` : '';
  return [`### Promotions\n\n${shown.join(between)}${more}`];
}

function contributors({ newContributors }: ReleaseNotes): readonly string[] {
  if (newContributors.length === 0) return [];
  const each = newContributors
    .slice(0, 200)
    .map(({ login, number }) => `${isLogin(login) ? `@${login}` : escapeMarkdown(login)} with #${number}`);
  return [`### New contributors\n\nFor the first time: ${each.join(between)}`];
}

function effects({ effects: summary, behind }: ReleaseBody): readonly string[] {
  const also = behind === undefined ? '' : `\n\n${escapeMarkdown(behindText(behind))}`;
  const lines = [60, 20, 5].map((most) => effectMarkdown(summary, most));
  const shown = lines.find(({ length }) => length <= longestEffects) ?? lines.at(-1);
  return [`### ${effectsHeading}\n\n${shown}${also}`];
}

function about({ notes, compareUrl }: ReleaseBody): readonly string[] {
  const url = compareUrl === undefined ? undefined : webAddress(compareUrl);
  const sentences = notes.differences.map(differenceText);
  return [
    ...(sentences.length > 0 ? [`### About these notes\n\n${sentences.join(' ')}`] : []),
    ...(url === undefined ? [] : [`**Full Changelog**: ${url}`]),
  ];
}
