import type { KnownBlock, RichTextBlock, RichTextElement } from '@slack/types';
import type { EffectsSummary } from '../../domain/effects/summarise.ts';
import { cleanLine } from '../../domain/form/clean-text.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import type { Release } from '../../domain/release/release-facts.ts';
import { releasePromoteAction } from '../change/action-ids.ts';
import { encodePromoteButton, type PromoteButton } from '../change/promote-button.ts';
import { clip } from '../clip.ts';
import type { SlackMessage } from '../request-message.ts';
import { line, person, richText, words } from '../rich-text.ts';
import { fallback, plain } from '../slack-text.ts';
import { inMessages, piecesOf, sectionPieces } from './body-blocks.ts';
import { behindText, effectSentence } from './effect-words.ts';
import type { ParsedBody } from './parse-release-body.ts';
import { countsText, entriesOf } from './release-counts.ts';
import { safeLink } from './safe-link.ts';
import { sectionHeads } from './section-heads.ts';
import { repoUrlOf } from './shown-reference.ts';
import { weight } from './split-elements.ts';

/** Who released: on Slack where that is known, else by the login on GitHub. */
export interface ReleasedBy {
  readonly slackId?: SlackUserId | undefined;
  readonly login?: string | undefined;
}

export interface AnnouncementState {
  readonly release: Pick<Release, 'tag' | 'name' | 'url' | 'isPrerelease'>;
  readonly previous: string | undefined;
  readonly body: ParsedBody;
  /** Undefined when they could not be worked out. */
  readonly effects: EffectsSummary | undefined;
  /** Set when production runs an older version than the release before: the tag that it runs. */
  readonly running?: string | undefined;
  readonly by: ReleasedBy | undefined;
  readonly compareUrl: string | undefined;
  /** What the button under it promotes; undefined for no button. */
  readonly promote?: PromoteButton | undefined;
}

export interface Announcement {
  readonly message: SlackMessage;
  /** For the thread below it, in order. */
  readonly parts: readonly SlackMessage[];
}

// A message takes about 13,200 characters of blocks.
const longestPart = 12_000;
const longestIntroduction = 3000;
const longestMessage = 12_500;
const mostEntries = 30;
// Far beyond 500 pull requests; only something that is no notes is longer.
const mostParts = 60;

/** A release as its channel reads it: one message, and what is too long for it in the thread, whole. */
export function announcement(state: AnnouncementState): Announcement {
  const { body, release } = state;
  const introductory = piecesOf(body.introduction);
  const [introduction = [], ...more] = inMessages(introductory, longestIntroduction, 15);
  const counts = countsText(body, repoUrlOf(release.url));
  const above = [head(state, counts), ...introduction];
  const below = [effectBlock(state), foot(state)];
  // An introduction that does not fit above is whole in the thread.
  const sections = inMessages(
    [...(more.length > 0 ? introductory : []), ...sectionPieces(body.sections)],
    longestPart,
  );
  const isShort = more.length === 0 && fitsOneMessage(state, sections, [...above, ...below]);
  const parts = isShort ? [] : sections;
  const shown = isShort
    ? sections.flat()
    : [...sectionHeads(body.sections), richText(line(words('All of it stands in the thread.')))];
  return {
    message: {
      text: fallback(`Release ${release.tag}. ${counts ?? ''} ${effectSentence(state.effects)}`),
      blocks: [...above, ...shown, ...below, ...promoteBlock(state)],
    },
    parts: inThread(parts, release),
  };
}

function promoteBlock({ promote }: AnnouncementState): readonly KnownBlock[] {
  if (promote === undefined) return [];
  return [
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: releasePromoteAction,
          text: plain('Promote to production', 75),
          value: encodePromoteButton(promote),
        },
      ],
    },
  ];
}

function fitsOneMessage(
  { body }: AnnouncementState,
  sections: readonly (readonly RichTextBlock[])[],
  around: readonly RichTextBlock[],
): boolean {
  const entries = body.sections.flatMap(entriesOf).length;
  return (
    entries <= mostEntries &&
    sections.length <= 1 &&
    weight([...around, ...sections.flat()]) <= longestMessage &&
    around.length + sections.flat().length <= 50
  );
}

function head({ release }: AnnouncementState, counts: string | undefined): RichTextBlock {
  const name = clip(cleanLine(release.name), 150);
  const named = name !== '' && name !== release.tag ? ` · ${name}` : '';
  const kind = release.isPrerelease ? ' (pre-release)' : '';
  return richText(
    line(
      words('🚀 '),
      safeLink(release.url, `Release ${clip(release.tag, 100)}`, { bold: true }),
      words(`${named}${kind}${counts === undefined ? '' : `\n${counts}`}` || ' '),
    ),
  );
}

function effectBlock({ effects, running, previous }: AnnouncementState): RichTextBlock {
  const behind =
    running !== undefined && previous !== undefined ? ` ${behindText({ runs: running, previous })}` : '';
  return richText(
    line(
      words('What it will do: ', { bold: true }),
      words(clip(`${effectSentence(effects)}${behind}`, 2000)),
    ),
  );
}

function foot(state: AnnouncementState): RichTextBlock {
  const { release, compareUrl, previous } = state;
  const links: RichTextElement[] = [
    safeLink(release.url, 'Release on GitHub'),
    ...(compareUrl === undefined
      ? []
      : [
          words(' · '),
          safeLink(
            compareUrl,
            previous === undefined ? 'All changes' : `Changes since ${clip(previous, 100)}`,
          ),
        ]),
  ];
  return richText(line(...releasedBy(state.by), ...links));
}

function releasedBy(by: ReleasedBy | undefined): readonly RichTextElement[] {
  if (by?.slackId !== undefined) return [words('Released by '), person(by.slackId), words(' · ')];
  if (by?.login !== undefined) return [words(`Released by ${clip(cleanLine(by.login), 60)} on GitHub · `)];
  return [];
}

function inThread(
  all: readonly (readonly KnownBlock[])[],
  { tag, url }: AnnouncementState['release'],
): readonly SlackMessage[] {
  const shown = all.slice(0, mostParts);
  const rest = richText(line(words('There is even more: '), safeLink(url, 'the release on GitHub')));
  return shown.map((blocks, index) => {
    const place = shown.length > 1 ? `, part ${index + 1} of ${shown.length}` : '';
    const isCut = all.length > shown.length && index === shown.length - 1;
    return {
      text: fallback(`What is in release ${tag}${place}`),
      blocks: isCut ? [...blocks, rest] : blocks,
    };
  });
}

const withdrawnTexts = {
  deleted:
    'Withdrawn: this release was deleted on GitHub. Its tag may still stand, and what runs does not change by it.',
  unpublished:
    'Withdrawn: this release is a draft again. Its tag may still stand, and what runs does not change by it.',
} as const;

/** What stands in an announcement's place, and in a team's message, once the release is none any more. */
export function withdrawnText(
  release: Pick<Release, 'tag' | 'url'>,
  why: keyof typeof withdrawnTexts,
): SlackMessage {
  const tag = clip(release.tag, 100);
  return {
    text: fallback(`Release ${tag}. ${withdrawnTexts[why]}`),
    blocks: [
      richText(
        line(
          words('⚪ '),
          safeLink(release.url, `Release ${tag}`, { bold: true, strike: true }),
          words(`\n${withdrawnTexts[why]}`),
        ),
      ),
    ],
  };
}
