import type { KnownBlock } from '@slack/types';
import type { Arrival } from '../domain/arrival.ts';
import type { Refusal } from '../domain/form/refusal.ts';
import type { FormValues } from '../domain/form/values.ts';
import { isDnsLabel } from '../domain/names.ts';
import { arrivalLines } from './arrival-lines.ts';
import { clip } from './clip.ts';
import { failureText } from './failure-text.ts';
import { fieldTitle } from './field-title.ts';
import { refusalText } from './refusal-text.ts';
import type { PullRequestLink, SlackMessage } from './request-message.ts';
import { bullets, line, link, preformatted, richText, words } from './rich-text.ts';
import { fallback } from './slack-text.ts';
import { typedText } from './typed-text.ts';

/** How a request ended, told to the person who asked. */
export type RequestEnd =
  | {
      readonly kind: 'merged';
      readonly name: string;
      readonly by: string | undefined;
      readonly pullRequest: PullRequestLink;
      /** Empty when it cannot be told now. */
      readonly arrivals: readonly Arrival[];
    }
  | {
      readonly kind: 'closed';
      readonly name: string;
      readonly by: string | undefined;
      readonly pullRequest: PullRequestLink;
    }
  | { readonly kind: 'refused'; readonly values: FormValues; readonly refusals: readonly Refusal[] }
  | {
      readonly kind: 'failed';
      readonly values: FormValues;
      /** The reason's code. */
      readonly code: string;
      /** What stands at GitHub in spite of it. */
      readonly pullRequest?: PullRequestLink | undefined;
    };

const mostRefusals = 20;
const typedLimit = 5000;

/** The direct message to the person who asked: how it ended, and what to do now. */
export function requestDirect(end: RequestEnd): SlackMessage {
  switch (end.kind) {
    case 'merged':
      return mergedDirect(end);
    case 'closed': {
      const text = `Your request for ${end.name} was closed${by(end.by)} without a merge. Nothing has changed on the platform.`;
      const advice = 'If it is not clear why, ask in the pull request. You can ask again at any time.';
      return message(text, [richText(line(words(`${text} ${advice} `), pull(end.pullRequest)))]);
    }
    case 'refused': {
      const text = `Your request for ${called(end.values)} cannot be taken as it is. Nothing was written.`;
      const reasons = end.refusals
        .slice(0, mostRefusals)
        .map((refusal) =>
          line(
            words(fieldTitle(refusal.field), { bold: true }),
            words(`: ${clip(refusalText(refusal), 300)}`),
          ),
        );
      const advice = 'Change this and ask again with /onboard-tenant.';
      return message(text, [
        richText(line(words(text)), bullets(reasons), line(words(advice))),
        ...typed(end.values),
      ]);
    }
    case 'failed': {
      const text = `Your request for ${called(end.values)} did not work. ${failureText(end.code)}`;
      const left =
        end.pullRequest === undefined ? [] : [words(' What stands so far: '), pull(end.pullRequest)];
      return message(text, [richText(line(words(text), ...left)), ...typed(end.values)]);
    }
  }
}

function mergedDirect(end: Extract<RequestEnd, { readonly kind: 'merged' }>): SlackMessage {
  const text = `Your request for ${end.name} was merged${by(end.by)}.`;
  const first = [words(`${text} `), pull(end.pullRequest)];
  if (end.arrivals.length === 0) return message(text, [richText(line(...first))]);
  const lines = arrivalLines(end.arrivals, 20, true);
  return message(text, [richText(line(...first, words('\nWhen it arrives:')), bullets(lines))]);
}

function message(text: string, blocks: readonly KnownBlock[]): SlackMessage {
  return { text: fallback(text), blocks };
}

function by(login: string | undefined): string {
  return login === undefined ? '' : ` by ${login}`;
}

function called({ name }: FormValues): string {
  return isDnsLabel(name.trim()) ? name.trim() : 'a namespace';
}

function pull({ url, number, title }: PullRequestLink) {
  return link(url, `#${number} ${clip(title, 250)}`);
}

function typed(values: FormValues): readonly KnownBlock[] {
  return [
    richText(
      line(words('What you typed, so that nothing is lost:')),
      preformatted(typedText(values), typedLimit),
    ),
  ];
}
