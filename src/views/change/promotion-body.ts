import type { Warning } from '../../domain/change/sheet.ts';
import type { Effect } from '../../domain/effects/effect.ts';
import type { Source } from '../../domain/platform.ts';
import { clip } from '../clip.ts';
import { codeMarkdown, escapeMarkdown } from '../markdown-text.ts';
import { webAddress } from '../release/safe-link.ts';
import { promotionEffects, promotionNotRendered } from './promotion-effects.ts';
import { type PromotedRelease, promotionNotes } from './promotion-notes.ts';
import { warningText } from './warning-words.ts';

export interface PromotionContent {
  /** The place in words, as in the title: `aws prod`. */
  readonly place: string;
  readonly from: Source['ref'];
  /** The tag. */
  readonly to: string;
  /** All that it brings, skipped ones too, newest first. */
  readonly releases: readonly PromotedRelease[];
  /** Undefined when they could not be worked out. */
  readonly effects: readonly Effect[] | undefined;
  readonly warnings: readonly Warning[];
  /** The change's number. */
  readonly change: number;
  /** GitHub's page of the comparison; undefined where there is none. */
  readonly compareUrl: string | undefined;
}

/** GitHub takes 65,536 characters. */
const longestBody = 60_000;
const longestEffects = 30_000;
const longestNotRendered = 6_000;

/**
 * The Markdown of a promotion's pull request: from which version to which, what stands out, what it does on every
 * cluster, and the notes of all releases in between. What does not fit is cut at a line that says so.
 */
export function promotionBody(content: PromotionContent): string {
  const notRendered = promotionNotRendered(content.effects, longestNotRendered);
  const before = joined([
    introduction(content),
    section('Warnings', warningList(content.warnings)),
    section('What it does', promotionEffects(content.effects, longestEffects)),
    section('Not rendered', notRendered),
  ]);
  const heading = '### Releases';
  const notes = promotionNotes(content.releases, longestBody - before.length - heading.length - 10);
  return joined([before, section('Releases', notes)]);
}

function introduction({ place, from, to, change, compareUrl }: PromotionContent): string {
  const url = compareUrl === undefined ? undefined : webAddress(compareUrl);
  const where = escapeMarkdown(clip(place, 200));
  return [
    `Promotes **${where}** from ${refText(from)} to ${codeMarkdown(clip(to, 100))}.`,
    `Change ${change}.${url === undefined ? '' : ` [All changes](<${url}>)`}`,
  ].join('\n\n');
}

function refText(ref: Source['ref']): string {
  if (ref.kind === 'tag') return codeMarkdown(clip(ref.tag, 100));
  if (ref.kind === 'branch') return `the branch ${codeMarkdown(clip(ref.branch, 100))}`;
  return codeMarkdown(clip(ref.text, 100));
}

function warningList(warnings: readonly Warning[]): string {
  return warnings.map((warning) => `- ⚠️ ${escapeMarkdown(warningText(warning))}`).join('\n');
}

function section(title: string, text: string): string {
  return text === '' ? '' : `### ${title}\n\n${text}`;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
