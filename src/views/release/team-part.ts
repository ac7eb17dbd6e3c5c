import type { EffectsSummary, HighlightSummary } from '../../domain/effects/summarise.ts';
import type { Release } from '../../domain/release/release-facts.ts';
import type { NoteEntry } from '../../domain/release/release-notes.ts';
import { clip } from '../clip.ts';
import { someOf } from '../listing.ts';
import type { SlackMessage } from '../request-message.ts';
import { bullets, line, richText, words } from '../rich-text.ts';
import { fallback } from '../slack-text.ts';
import { entryElements } from './entry-words.ts';
import { highlightWords } from './highlight-words.ts';
import { safeLink } from './safe-link.ts';
import { weight } from './split-elements.ts';
import { placesText } from './when-words.ts';

export interface TeamPart {
  readonly release: Pick<Release, 'tag' | 'url'>;
  /** What the team is called. */
  readonly team: string;
  /** Names of its tenants that the release changes. */
  readonly tenants: readonly string[];
  /** The notes' entries about them. */
  readonly entries: readonly NoteEntry[];
  /** Undefined when they could not be worked out. */
  readonly effects: EffectsSummary | undefined;
}

const mostTenants = 12;
const mostHighlights = 10;
const entriesRoom = 3500;

/** What a release changes for one team's tenants, for the team's own channel. */
export function teamPart(part: TeamPart): SlackMessage {
  const { release, tenants } = part;
  const tag = clip(release.tag, 100);
  const names = someOf(tenants, 8);
  const lines = fittingEntries(part.entries);
  const more = part.entries.length - lines.length;
  return {
    text: fallback(`Release ${tag} changes ${names}. ${tenantSentences(part).join(' ')}`),
    blocks: [
      richText(
        line(
          words(`For ${clip(part.team, 75)}: `),
          safeLink(release.url, `release ${tag}`, { bold: true }),
          words(` changes ${names}.`),
        ),
      ),
      ...(lines.length === 0
        ? []
        : [
            richText(bullets(more > 0 ? [...lines, line(words(`and ${more} more, in the release`))] : lines)),
          ]),
      richText(
        line(words('Where and when', { bold: true })),
        bullets(tenantSentences(part).map((text) => line(words(text)))),
      ),
    ],
  };
}

function fittingEntries(entries: readonly NoteEntry[]) {
  let room = entriesRoom;
  const lines = entries.map((entry) => line(...entryElements(entry)));
  const over = lines.findIndex((each) => {
    room -= weight(each) + 1;
    return room < 0;
  });
  return over < 0 ? lines : lines.slice(0, over);
}

/** What stands out among what is the tenants' own. */
function highlightSentences({ effects, tenants }: TeamPart): readonly string[] {
  const own = (effects?.highlights ?? []).filter(({ object }) => tenants.includes(namespaceOf(object) ?? ''));
  const all = highlightWords(own).map(({ objects, verb, where }) => `⚠️ ${objects} ${verb}: ${where}.`);
  const more = all.length - mostHighlights;
  return more > 0 ? [...all.slice(0, mostHighlights), `and ${more} more`] : all;
}

/** The namespace that an object is, or stands in. */
function namespaceOf({ kind, namespace, name }: HighlightSummary['object']): string | undefined {
  return kind === 'Namespace' ? name : namespace;
}

function tenantSentences(part: TeamPart): readonly string[] {
  return [...highlightSentences(part), ...placeSentences(part)];
}

function placeSentences({ effects, tenants }: TeamPart): readonly string[] {
  if (effects === undefined) return ['Where and when could not be worked out.'];
  const own = effects.tenants.filter(({ name }) => tenants.includes(name));
  const shown = own
    .slice(0, mostTenants)
    .map(({ name, clusters }) => `${name}: ${clip(placesText(clusters), 400) || 'on no cluster yet'}.`);
  if (shown.length === 0) return ['Nothing of it reaches a cluster.'];
  return own.length > shown.length ? [...shown, `and ${own.length - shown.length} more tenants`] : shown;
}
