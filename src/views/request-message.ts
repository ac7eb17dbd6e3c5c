import type { KnownBlock, RichTextElement } from '@slack/types';
import { cleanLine } from '../domain/form/clean-text.ts';
import type { SlackUserId } from '../domain/ids.ts';
import { isDnsLabel } from '../domain/names.ts';
import { clip } from './clip.ts';
import { someOf } from './listing.ts';
import { type RequestButton, requestButtons } from './request/request-buttons.ts';
import { type RequestMessageStage, statusWords } from './request-status.ts';
import { line, link, person, richText, words } from './rich-text.ts';
import { fallback } from './slack-text.ts';

/** A message for Slack; `text` is for notifications and screen readers. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

export interface PullRequestLink {
  readonly number: number;
  readonly url: string;
  readonly title: string;
}

export interface RequestMessage {
  readonly stage: RequestMessageStage;
  /** As typed while it is not checked; then a text that is no name is not repeated in public. */
  readonly name: string;
  readonly clouds: readonly string[];
  readonly environments: readonly string[];
  /** What becomes of a tenant that stands, such as `increase compute quota`; undefined for a new one. */
  readonly change?: string | undefined;
  /** Undefined when it cannot be told from the pull request. */
  readonly askedBy: SlackUserId | undefined;
  readonly pullRequest?: PullRequestLink | undefined;
  /** The request that the buttons are about, while there is something to do about it. */
  readonly buttons?: RequestButton | undefined;
}

/** The one message of a request in the requests channel, for the stage it has reached. */
export function requestMessage(state: RequestMessage): SlackMessage {
  const { stage, askedBy, pullRequest } = state;
  const { mark, text } = statusWords(stage);
  const asker = askedBy === undefined ? [words('Somebody')] : [person(askedBy)];
  const status: RichTextElement[] = [words(`${mark} ${clip(text, 600)}`)];
  if (pullRequest !== undefined) {
    status.push(words(' '), link(pullRequest.url, `#${pullRequest.number} ${clip(pullRequest.title, 250)}`));
  }
  return {
    text: fallback(`${subject(state)}: ${text}`),
    blocks: [
      richText(line(...asker, words(' asks for '), ...subjectWords(state), words('.\n'), ...status)),
      ...(state.buttons === undefined ? [] : [requestButtons(state.buttons)]),
    ],
  };
}

function subject({ name, clouds, environments, change }: RequestMessage): string {
  if (change !== undefined && isDnsLabel(name)) return `tenant ${name}, ${clip(change, 200)}`;
  return `${isDnsLabel(name) ? `namespace ${name}` : 'a namespace'}${where(clouds, environments)}`;
}

function subjectWords(state: RequestMessage): RichTextElement[] {
  if (!isDnsLabel(state.name)) return [words('a namespace')];
  if (state.change !== undefined)
    return [
      words('a change of tenant '),
      words(state.name, { bold: true }),
      words(`: ${clip(cleanLine(state.change), 200)}`),
    ];
  return [
    words('namespace '),
    words(state.name, { bold: true }),
    words(where(state.clouds, state.environments) || ' '),
  ];
}

function where(clouds: readonly string[], environments: readonly string[]): string {
  const [on, within] = [clouds, environments].map((all) => someOf(all.filter(isPlainName), 5));
  if (!on) return '';
  return ` on ${on}${within ? ` (${within})` : ''}`;
}

/** Before the check a cloud may be any text that somebody typed; only what can be a folder is repeated in public. */
function isPlainName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/.test(name);
}
