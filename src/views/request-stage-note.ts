import type { RequestStage } from '../domain/request-state.ts';
import type { SlackMessage } from './request-message.ts';
import { statusWords } from './request-status.ts';
import { line, richText, words } from './rich-text.ts';
import { fallback } from './slack-text.ts';

/** The note in a request's thread that tells of one step on its way. */
export function requestStageNote(stage: RequestStage): SlackMessage {
  const { mark, text } = statusWords(stage);
  return { text: fallback(text), blocks: [richText(line(words(`${mark} ${text}`)))] };
}
