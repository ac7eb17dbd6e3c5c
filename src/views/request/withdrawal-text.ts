import { cleanLine } from '../../domain/form/clean-text.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import { clip } from '../clip.ts';
import { escapeMarkdown } from '../markdown-text.ts';
import type { SlackMessage } from '../request-message.ts';
import { line, person, richText, words } from '../rich-text.ts';
import { fallback } from '../slack-text.ts';

/** The comment on a pull request that is closed because its request was withdrawn. */
export function withdrawalComment(name: string): string {
  const who = escapeMarkdown(clip(cleanLine(name), 100)) || 'Somebody';
  return `${who} withdrew this request in Slack. Nothing has changed on the platform; to ask again is a new request.`;
}

/** The note in a request's thread that it was withdrawn. */
export function withdrawalNote(by: SlackUserId): SlackMessage {
  return {
    text: fallback('The request was withdrawn.'),
    blocks: [richText(line(words('↩️ '), person(by), words(' withdrew the request.')))],
  };
}
