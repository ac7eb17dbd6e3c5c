import type { Json } from '../../../sandbox/slack/client-types.ts';
import { messageBlocks } from '../../../sandbox/slack/kit/check-blocks.ts';
import { viewFaults } from '../../../sandbox/slack/kit/check-view.ts';
import type { SlackMessage } from '../../../src/views/request-message.ts';

/** What a person reads of blocks: all their texts, a line for each paragraph, bullet and button. */
export function readAloud(value: unknown): string {
  if (Array.isArray(value)) return value.map(readAloud).join('');
  if (typeof value !== 'object' || value === null) return '';
  const { type, text, elements, user_id: user, usergroup_id: group } = value as Record<string, unknown>;
  if (type === 'user') return `@${user}`;
  if (type === 'usergroup') return `@${group}`;
  if (type === 'button') return `[${readAloud(text)}]`;
  if (typeof text === 'string') return text;
  const inner = `${readAloud(text)}${readAloud(elements)}`;
  const isLine = ['rich_text_section', 'rich_text_preformatted', 'section', 'actions'].includes(String(type));
  return isLine ? `${inner}\n` : inner;
}

/** Slack takes about so many characters of blocks in a message. */
const MOST_CHARACTERS = 13_200;

/** Fails unless Slack takes the message, and nothing in it can be read as markup. */
export function expectMessage({ text, blocks }: SlackMessage): void {
  expect(messageBlocks(JSON.parse(JSON.stringify(blocks)) as Json).length).toBeGreaterThan(0);
  expect(text).not.toBe('');
  expect(text.length).toBeLessThanOrEqual(4_000);
  expect(text).not.toMatch(/[<>]/);
  expect(readAloud(blocks).length).toBeLessThan(MOST_CHARACTERS);
  expect(JSON.stringify(blocks)).not.toMatch(/"type":"(mrkdwn|broadcast|channel)"/);
}

/** Fails unless Slack takes the form. */
export function expectView(view: object): void {
  expect(viewFaults(JSON.parse(JSON.stringify(view)) as Json, 'modal')).toEqual([]);
  expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(250_000);
}
