import type { Json } from '../../../sandbox/slack/client-types.ts';
import { messageBlocks } from '../../../sandbox/slack/kit/check-blocks.ts';
import { viewFaults } from '../../../sandbox/slack/kit/check-view.ts';
import type { SlackMessage } from '../../../src/views/request-message.ts';

/** A message that Slack takes, and that mentions nobody but a person by id. */
export function expectMessage({ text, blocks }: SlackMessage): void {
  const json = JSON.stringify(blocks);
  expect(messageBlocks(JSON.parse(json) as Json).length).toBeGreaterThan(0);
  expect(blocks.length).toBeLessThanOrEqual(50);
  expect(json.length).toBeLessThanOrEqual(13_000);
  expect(text.trim()).not.toBe('');
  expect(text.length).toBeLessThanOrEqual(4000);
  expect(text).not.toMatch(/[<>]/);
  expectTame(json);
}

export function expectView(view: object): void {
  const json = JSON.stringify(view);
  expect(viewFaults(JSON.parse(json) as Json, 'modal')).toEqual([]);
  expect(Buffer.byteLength(json)).toBeLessThan(250_000);
  expectTame(json);
}

/** Nothing that Slack could read as a mention, and no link that is not one of the web. */
function expectTame(json: string): void {
  expect(json).not.toMatch(/"type":"(mrkdwn|broadcast|channel|usergroup|emoji|date|markdown)"/);
  for (const [, url] of json.matchAll(/"url":"((?:[^"\\]|\\.)*)"/g)) expect(url).toMatch(/^https?:\/\//);
}

/** What a person reads of blocks: all their texts, one after the other. */
export function readAloud(blocks: readonly object[]): string {
  const walk = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(walk).join('');
    if (typeof value !== 'object' || value === null) return '';
    const {
      type,
      text,
      elements,
      element,
      label,
      hint,
      options,
      user_id: user,
    } = value as Record<string, unknown>;
    if (type === 'user') return `@${user}`;
    if (typeof text === 'string') return text;
    const inner = walk([label, text, elements, element, options, hint]);
    return `${inner}\n`;
  };
  return walk(blocks).replace(/\n+/g, '\n').trim();
}
