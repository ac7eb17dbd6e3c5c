import type { KnownBlock } from '@slack/types';
import {
  formatChangeTrailers,
  formatTitle,
  type Requester,
  type RequestTrailers,
} from '../../domain/convention.ts';
import { cleanLine } from '../../domain/form/clean-text.ts';
import type { Refusal } from '../../domain/form/refusal.ts';
import type { FormValues } from '../../domain/form/values.ts';
import type { RequestId } from '../../domain/ids.ts';
import type { ChangedField } from '../../domain/request/changed-fields.ts';
import { clip } from '../clip.ts';
import { failureText } from '../failure-text.ts';
import { fieldTitle } from '../field-title.ts';
import { listing } from '../listing.ts';
import { refusalText } from '../refusal-text.ts';
import type { PullRequestLink, SlackMessage } from '../request-message.ts';
import { bullets, line, link, person, preformatted, richText, words } from '../rich-text.ts';
import { fallback } from '../slack-text.ts';
import { typedText } from '../typed-text.ts';
import { type StandingRefusal, standingRefusalText } from './standing-answer.ts';

/** Fields in words of a person's own: that they changed is said, what they say stands in the pull request. */
const ownWords: readonly string[] = ['owner', 'contact', 'purpose'];

/** What changed, one field a line. */
export function changeLines(fields: readonly ChangedField[]): readonly string[] {
  return fields.map(({ field, before, after }) => {
    if (ownWords.includes(field)) return `${fieldTitle(field)}: other words`;
    return `${fieldTitle(field)}: ${short(before)} → ${short(after)}`;
  });
}

function short(text: string): string {
  return clip(cleanLine(text), 100) || 'none';
}

/** Headline and body of the commit that changes a request; the lines stand in it for whoever tells of it later. */
export function changeCommit(
  name: string,
  lines: readonly string[],
  changeId: RequestId,
  trailers: RequestTrailers,
): { readonly headline: string; readonly body: string } {
  const list = lines.map((text) => `- ${text}`).join('\n');
  return {
    headline: formatTitle({ scope: 'tenants', area: name, subject: 'change what the request asks for' }),
    body: [...(list === '' ? [] : [list]), formatChangeTrailers(changeId, trailers)].join('\n\n'),
  };
}

/** The lines that `changeCommit` wrote. */
export function changeLinesOf(message: string): readonly string[] {
  return message.split('\n').flatMap((row) => (row.startsWith('- ') ? [row.slice(2).trim()] : []));
}

export interface ChangeNote {
  readonly by: Requester;
  /** Empty when it is not known any more. */
  readonly lines: readonly string[];
  /** Logins and teams that are asked for a review again. */
  readonly asked: readonly string[];
}

const mostLines = 30;

/** The note in a request's thread that it was changed. */
export function changeNote({ by, lines, asked }: ChangeNote): SlackMessage {
  const text = 'changed the request. The pull request has one further commit.';
  const review =
    asked.length === 0 ? '' : `Asked for a review: ${listing(asked.map((name) => clip(name, 80)))}.`;
  const list = lines.slice(0, mostLines).map((each) => line(words(clip(each, 300))));
  return {
    text: fallback(`The request was changed. ${review}`.trim()),
    blocks: [
      richText(
        line(
          words('✏️ '),
          by.slackId ? person(by.slackId) : words(clip(by.login ?? 'Somebody', 80)),
          words(` ${text}`),
        ),
        ...(list.length === 0 ? [] : [bullets(list)]),
        ...(review === '' ? [] : [line(words(review))]),
      ),
    ],
  };
}

/** How a change ended that was not made. */
export type ChangeEnd =
  | {
      readonly kind: 'not-done';
      readonly code: StandingRefusal;
      readonly paths?: readonly string[] | undefined;
    }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'failed'; readonly code: string };

/** The direct message to whoever wanted a change that was not made, with all that was typed. */
export function changeEndDirect(
  end: ChangeEnd,
  number: number,
  pull: PullRequestLink | undefined,
  values: FormValues,
): SlackMessage {
  const text = `Your change of request #${number} was not made.`;
  const where =
    pull === undefined ? [] : [words(' '), link(pull.url, `#${pull.number} ${clip(pull.title, 250)}`)];
  const typed = richText(
    line(words('What you typed, so that nothing is lost:')),
    preformatted(typedText(values), 5000),
  );
  const blocks: KnownBlock[] = [richText(line(words(`${text} ${why(end)}`), ...where)), typed];
  return { text: fallback(`${text} ${why(end)}`), blocks };
}

function why(end: ChangeEnd): string {
  if (end.kind === 'not-done') return standingRefusalText(end.code, end.paths);
  if (end.kind === 'failed') return failureText(end.code);
  return end.refusals
    .slice(0, 10)
    .map((refusal) => `${fieldTitle(refusal.field)}: ${clip(refusalText(refusal), 300)}`)
    .join(' ');
}
