import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Spot } from './places.ts';
import { callSlack } from './slack-errors.ts';

/** The name under which our messages carry their key, see https://docs.slack.dev/messaging/message-metadata. */
export const EVENT_TYPE = 'trunkline_message';

const LONGEST_SCAN_PAGES = 5;
/** Our clock and Slack's may be this far apart. */
const CLOCK_SLACK_MS = 10 * 60_000;

const page = z.object({
  messages: z.array(
    z.looseObject({
      ts: z.string(),
      bot_id: z.string().optional(),
      metadata: z
        .looseObject({
          event_type: z.string().optional(),
          event_payload: z.looseObject({ key: z.unknown() }).optional(),
        })
        .optional(),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
type Message = z.output<typeof page>['messages'][number];

/**
 * The timestamps of the bot's own messages that bear `key` at a place, oldest first. Metadata cannot be queried,
 * so the place is read, at most 1,000 messages back. Anybody's app can post a look-alike, so only `botId` counts.
 *
 * @param since milliseconds since the epoch; earlier messages are not read.
 */
export async function findOwnMessages(
  client: WebClient,
  spot: Spot,
  wanted: { readonly key: string; readonly botId: string; readonly since: number },
): Promise<readonly string[]> {
  const oldest = String(Math.max(0, Math.floor((wanted.since - CLOCK_SLACK_MS) / 1_000)));
  const found = new Set<string>();
  let cursor: string | undefined;
  for (let read = 0; read < LONGEST_SCAN_PAGES; read += 1) {
    const told = page.parse(await readPage(client, spot, oldest, cursor));
    for (const message of told.messages) if (bears(message, wanted)) found.add(message.ts);
    cursor = told.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === '') break;
  }
  return [...found].sort((a, b) => Number(a) - Number(b));
}

function readPage(
  client: WebClient,
  spot: Spot,
  oldest: string,
  cursor: string | undefined,
): Promise<unknown> {
  const common = {
    channel: spot.channel,
    oldest,
    include_all_metadata: true,
    limit: 200,
    ...(cursor === undefined ? {} : { cursor }),
  };
  const { thread } = spot;
  return callSlack('look for an earlier message', 'reads', () =>
    thread === undefined
      ? client.conversations.history(common)
      : client.conversations.replies({ ...common, ts: thread }),
  );
}

function bears(message: Message, wanted: { readonly key: string; readonly botId: string }): boolean {
  const { bot_id, metadata } = message;
  return (
    bot_id === wanted.botId &&
    metadata?.event_type === EVENT_TYPE &&
    metadata.event_payload?.key === wanted.key
  );
}
