import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { ChannelReach, SlackPlace } from '../../../jobs/ports.ts';
import type { SlackChannelId, SlackUserId } from '../../domain/ids.ts';
import { PermanentError } from '../../errors.ts';
import { callSlack } from './slack-errors.ts';

/** A place as Slack's methods take it. */
export interface Spot {
  readonly channel: SlackChannelId;
  readonly thread: string | undefined;
}

export interface Places {
  /**
   * @throws PermanentError `channel-unknown` or `not-in-channel` for a channel's name that leads nowhere.
   */
  resolve(place: SlackPlace): Promise<Spot>;
  /** Whether the bot can post to a channel, by its id or name. */
  reach(channel: string): Promise<ChannelReach>;
}

const page = z.object({
  channels: z.array(
    z.object({ id: z.string(), name: z.string().optional(), is_member: z.boolean().optional() }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
const about = z.object({
  channel: z.object({ is_member: z.boolean().optional(), is_archived: z.boolean().optional() }),
});
const opened = z.object({ channel: z.object({ id: z.string() }) });

interface Channel {
  readonly id: SlackChannelId;
  readonly isMember: boolean;
}

const LIST_LASTS_MS = 10 * 60_000;
/** A name that was not found is looked for again after this long: somebody may just have invited the bot. */
const MISS_LASTS_MS = 15_000;
const LONGEST_LIST_PAGES = 50;

/** Finds channels by name and direct messages by person; names are listed once and remembered. */
export function createPlaces(client: WebClient, now: () => number = Date.now): Places {
  let listed: { readonly at: number; readonly byName: ReadonlyMap<string, Channel> } | undefined;
  const directs = new Map<SlackUserId, SlackChannelId>();

  async function byName(name: string): Promise<SlackChannelId> {
    const isFresh = (channel: Channel | undefined) =>
      listed !== undefined && now() - listed.at < (channel?.isMember ? LIST_LASTS_MS : MISS_LASTS_MS);
    if (!isFresh(listed?.byName.get(name))) listed = { at: now(), byName: await listChannels(client) };
    const channel = listed?.byName.get(name);
    if (channel === undefined)
      throw new PermanentError('channel-unknown', `failed to find the channel #${name}`);
    if (!channel.isMember)
      throw new PermanentError('not-in-channel', `failed to post to #${name}: not a member`);
    return channel.id;
  }

  async function direct(user: SlackUserId): Promise<SlackChannelId> {
    const known = directs.get(user);
    if (known !== undefined) return known;
    const told = await callSlack(`open a direct message to ${user}`, 'reads', () =>
      client.conversations.open({ users: user }),
    );
    const id = opened.parse(told).channel.id as SlackChannelId;
    directs.set(user, id);
    return id;
  }

  async function reach(channel: string): Promise<ChannelReach> {
    try {
      const id = isChannelId(channel) ? channel : await byName(channel.replace(/^#/, ''));
      const told = await callSlack(`ask Slack about the channel ${channel}`, 'reads', () =>
        client.conversations.info({ channel: id }),
      );
      const { is_member: isMember, is_archived: isArchived } = about.parse(told).channel;
      if (isArchived) return 'archived';
      return isMember ? 'member' : 'not-a-member';
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      if (error.code === 'not-in-channel') return 'not-a-member';
      if (error.code === 'channel-unknown') return 'unknown-channel';
      throw error;
    }
  }

  return {
    reach,
    async resolve(place) {
      if (place.kind === 'thread') return { channel: place.channel, thread: place.ts };
      if (place.kind === 'person') return { channel: await direct(place.user), thread: undefined };
      const channel = isChannelId(place.channel)
        ? place.channel
        : await byName(place.channel.replace(/^#/, ''));
      return { channel, thread: undefined };
    },
  };
}

function isChannelId(text: string): text is SlackChannelId {
  return /^[CGD][A-Z0-9]{7,}$/.test(text);
}

async function listChannels(client: WebClient): Promise<ReadonlyMap<string, Channel>> {
  const byName = new Map<string, Channel>();
  let cursor: string | undefined;
  for (let read = 0; read < LONGEST_LIST_PAGES; read += 1) {
    const told = page.parse(
      await callSlack('list channels', 'reads', () =>
        client.conversations.list({
          types: 'public_channel,private_channel',
          exclude_archived: true,
          limit: 999,
          ...(cursor === undefined ? {} : { cursor }),
        }),
      ),
    );
    for (const { id, name, is_member } of told.channels) {
      if (name !== undefined) byName.set(name, { id: id as SlackChannelId, isMember: is_member === true });
    }
    cursor = told.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === '') break;
  }
  return byName;
}
