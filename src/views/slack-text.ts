import type { PlainTextElement } from '@slack/types';
import { clip } from './clip.ts';

/**
 * Makes a text safe for Slack's mrkdwn: exactly these three characters are special.
 * https://docs.slack.dev/messaging/formatting-message-text/#escaping
 */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A text that Slack shows as it is, colons and all; clipped to `limit` characters, and never empty. */
export function plain(text: string, limit = 3000): PlainTextElement {
  return { type: 'plain_text', text: clip(text, limit) || ' ', emoji: false };
}

/** A message's `text`, for notifications and screen readers: escaped, and within what an update takes. */
export function fallback(text: string): string {
  return clip(escapeText(clip(text.replace(/\s+/g, ' ').trim(), 3000)), 3000);
}
