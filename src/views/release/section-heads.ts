import type { RichTextBlock } from '@slack/types';
import { bullets, line, richText, words } from '../rich-text.ts';
import { headingLine, headingOf } from './body-blocks.ts';
import type { BodySection } from './parse-release-body.ts';
import { entriesOf } from './release-counts.ts';
import { clipElements, weight } from './split-elements.ts';

const room = 6000;
const mostSections = 20;
const mostEntries = 3;

/** The head of each section with its first entries, as far as they fit beside the rest of a message. */
export function sectionHeads(sections: readonly BodySection[]): readonly RichTextBlock[] {
  const shown = sections.slice(0, mostSections);
  const bare = shown.map((section) => richText(headingLine(headingOf(section))));
  let left = room - weight(bare);
  const heads = shown.map((section, index) => {
    const entries = entriesOf(section);
    // The same for every section, so that a long one takes no room from those below it.
    const share = Math.max(0, left / (shown.length - index));
    const lines = entries.slice(0, mostEntries).map(({ elements }) => line(...clipElements(elements, 600)));
    const fitting = lines.filter((_, at) => weight(lines.slice(0, at + 1)) + 150 <= share);
    if (fitting.length === 0) return bare[index] ?? richText();
    left -= weight(fitting) + 150;
    const more = entries.length - fitting.length;
    return richText(
      headingLine(headingOf(section)),
      bullets(more > 0 ? [...fitting, line(words(`and ${more} more`))] : fitting),
    );
  });
  const further = sections.length - shown.length;
  return further > 0 ? [...heads, richText(line(words(`and ${further} more sections`)))] : heads;
}
