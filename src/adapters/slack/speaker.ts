import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatPostMessageArguments, WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Log, Marks, SaidMessage, SlackText, Speaker } from '../../../jobs/ports.ts';
import type { SlackChannelId } from '../../domain/ids.ts';
import { AmbiguousWriteError, RetryableError } from '../../errors.ts';
import type { IdentitySource } from './identity.ts';
import { EVENT_TYPE, findOwnMessages } from './own-messages.ts';
import type { Places, Spot } from './places.ts';
import { callSlack, slackCode } from './slack-errors.ts';

export interface SpeakerParts {
  readonly client: WebClient;
  readonly identity: IdentitySource;
  readonly places: Places;
  readonly marks: Marks;
  readonly log: Log;
}

const REMEMBERED_MS = 30 * 24 * 60 * 60_000;
/** Longer than a call to Slack can take, so that nobody posts beside one that is still under way. */
const CLAIM_MS = 15_000;
/** How long a post may wait for Slack's limit, in milliseconds. */
const PATIENCE_MS = 2_000;
const POLL_MS = 100;
/** How long a post without an answer may still take to show, in milliseconds. */
const LATE_MS = 5_000;

const posted = z.object({ channel: z.string(), ts: z.string() });
const linked = z.object({ permalink: z.string() });

/** Says things in Slack once. Marks in Redis save looks; without them the messages' metadata decide. */
export function createSpeaker(parts: SpeakerParts): Speaker {
  const { client, identity, places, marks, log } = parts;

  async function remembered(key: string): Promise<SaidMessage | undefined> {
    const [channel, ts] = (await marks.get(saidMark(key)))?.split('/') ?? [];
    return channel === undefined || ts === undefined ? undefined : { channel: channel as SlackChannelId, ts };
  }

  async function remember(key: string, message: SaidMessage): Promise<SaidMessage> {
    await marks.put(saidMark(key), `${message.channel}/${message.ts}`, REMEMBERED_MS);
    return message;
  }

  /** Whoever posts it needs a moment: waiting for them is cheaper than to come back when their claim is over. */
  async function saidByThen(key: string): Promise<SaidMessage | undefined> {
    for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
      await sleep(POLL_MS);
      const theirs = await remembered(key);
      if (theirs !== undefined) return theirs;
    }
    return undefined;
  }

  /** Looks for what stands; of several that bear the key the oldest stays. */
  async function lookFor(key: string, spot: Spot, since: number): Promise<SaidMessage | undefined> {
    const { botId } = await identity.get();
    const [first, ...extras] = await findOwnMessages(client, spot, { key, botId, since });
    // What was shown last may have been shown in one that goes now.
    if (extras.length > 0) await marks.clear(shownMark(key));
    for (const ts of extras) {
      log.warn({ key, channel: spot.channel, ts }, 'deleting a message that was posted twice');
      await deleteMessage(client, spot.channel, ts);
    }
    return first === undefined ? undefined : { channel: spot.channel, ts: first };
  }

  async function post(key: string, spot: Spot, text: SlackText): Promise<SaidMessage> {
    const told = await withPatience(() =>
      callSlack(`post ${key}`, 'writes', () => client.chat.postMessage(toPost(key, spot, text))),
    );
    const { channel, ts } = posted.parse(told);
    return { channel: channel as SlackChannelId, ts };
  }

  async function giveUpClaim(key: string, own: string): Promise<void> {
    if ((await marks.get(claimMark(key))) === own) await marks.clear(claimMark(key));
  }

  /** What may stand beside somebody else's message is looked for at once: this job may be somebody else's by now, too. */
  async function lookIfTakenOver(key: string, spot: Spot, since: number, own: string): Promise<void> {
    if ((await marks.get(claimMark(key))) === own) return;
    await marks.put(doubtMark(key), '1', REMEMBERED_MS);
    await sleep(LATE_MS);
    await lookFor(key, spot, since);
  }

  /** Whoever was paused past the claim may have posted beside somebody else: the older message stays. */
  async function theOneThatStays(
    key: string,
    spot: Spot,
    since: number,
    { own, message }: { readonly own: string; readonly message: SaidMessage },
  ): Promise<SaidMessage> {
    const holder = await marks.get(claimMark(key));
    if (holder === own) return message;
    if (holder === undefined) return (await lookFor(key, spot, since)) ?? message;
    // The other may be about to post, so only a later look sees both.
    await marks.put(doubtMark(key), '1', REMEMBERED_MS);
    const retryInMs = (await marks.left(claimMark(key))) + 500;
    throw new RetryableError(`posted ${key} after somebody else took over`, { retryInMs });
  }

  return {
    async sayOnce(key, place, text, { since }) {
      const isDoubtful = (await marks.get(doubtMark(key))) !== undefined;
      const before = isDoubtful ? undefined : await remembered(key);
      if (before !== undefined) return before;
      const spot = await places.resolve(place);
      const isClaimed = await marks.set(claimMark(key), CLAIM_MS);
      const own = randomUUID();
      if (isClaimed) await marks.put(claimMark(key), own, CLAIM_MS);
      // What Redis remembers of earlier tries it may have lost: only a look tells what stands.
      const standing = await lookFor(key, spot, since);
      if (isClaimed && isDoubtful) await marks.clear(doubtMark(key));
      if (standing !== undefined) return remember(key, standing);
      if (!isClaimed) {
        const theirs = await saidByThen(key);
        if (theirs !== undefined) return theirs;
        const retryInMs = (await marks.left(claimMark(key))) + 500;
        throw new RetryableError(`failed to post ${key}: somebody else is posting it`, { retryInMs });
      }
      let message: SaidMessage;
      try {
        message = await post(key, spot, text);
      } catch (error) {
        // After a clear no nobody has posted, so the next try need not wait.
        const isClear = !(error instanceof AmbiguousWriteError);
        if (isClear) await giveUpClaim(key, own).catch(() => undefined);
        else await lookIfTakenOver(key, spot, since, own).catch(() => undefined);
        throw error;
      }
      const stays = await theOneThatStays(key, spot, since, { own, message });
      // So that bringing it up to the same text is no edit, which Slack would show. Whoever found it may have changed it.
      const isNew = stays === message && (await marks.get(shownMark(key))) === undefined;
      if (isNew) await marks.put(shownMark(key), digest(text), REMEMBERED_MS);
      return remember(key, stays);
    },

    reach: (channel) => places.reach(channel),

    async find(key, place, since) {
      const before = await remembered(key);
      if (before !== undefined) return before;
      const standing = await lookFor(key, await places.resolve(place), since);
      return standing === undefined ? undefined : remember(key, standing);
    },

    async update(key, message, text) {
      const wanted = digest(text);
      // Shared, since another replica may have shown something else in between.
      const before = await marks.get(shownMark(key));
      if (before === wanted) return;
      // What stands there while it changes nobody knows, least of all after a crash or while Redis is away.
      if (before !== undefined) await marks.clear(shownMark(key));
      try {
        // Showing the same twice does no harm, so an unclear end is simply tried again.
        await callSlack(`update ${key}`, 'reads', () =>
          client.chat.update({ channel: message.channel, ts: message.ts, ...body(key, text) }),
        );
      } catch (error) {
        // It may show by now what somebody else had replaced.
        await marks.clear(shownMark(key)).catch(() => undefined);
        throw error;
      }
      const meanwhile = await marks.get(shownMark(key));
      if (meanwhile !== undefined && meanwhile !== wanted) {
        await marks.clear(shownMark(key));
        throw new RetryableError(`updated ${key} after somebody else did`, { retryInMs: 500 });
      }
      await marks.put(shownMark(key), wanted, REMEMBERED_MS);
    },

    async linkTo({ channel, ts }) {
      const told = await callSlack('ask for the address of a message', 'reads', () =>
        client.chat.getPermalink({ channel, message_ts: ts }),
      );
      return linked.parse(told).permalink;
    },

    async remove(key, message) {
      await deleteMessage(client, message.channel, message.ts);
      await marks.clear(saidMark(key));
      await marks.clear(shownMark(key));
    },
  };
}

/** Slack takes about one message a second in a channel: waiting that long is cheaper than to begin anew. */
async function withPatience<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const isUnclear = error instanceof AmbiguousWriteError;
    const waitMs = error instanceof RetryableError && !isUnclear ? error.retryInMs : undefined;
    if (waitMs === undefined || waitMs > PATIENCE_MS) throw error;
    await sleep(waitMs);
    return call();
  }
}

function toPost(key: string, spot: Spot, text: SlackText): ChatPostMessageArguments {
  const where = spot.thread === undefined ? {} : { thread_ts: spot.thread };
  return { channel: spot.channel, ...where, ...body(key, text), unfurl_links: false, unfurl_media: false };
}

/** Blocks come typed from the views; the ports know them as plain objects only. */
function body(key: string, text: SlackText) {
  const blocks = text.blocks as NonNullable<Extract<ChatPostMessageArguments, { blocks: unknown }>['blocks']>;
  return { text: text.text, blocks, metadata: { event_type: EVENT_TYPE, event_payload: { key } } };
}

async function deleteMessage(client: WebClient, channel: string, ts: string): Promise<void> {
  try {
    await callSlack('delete a message of ours', 'reads', () => client.chat.delete({ channel, ts }));
  } catch (error) {
    if (slackCode(error) !== 'message_not_found') throw error;
  }
}

function digest(text: SlackText): string {
  return createHash('sha1')
    .update(JSON.stringify([text.text, text.blocks]))
    .digest('base64');
}

const saidMark = (key: string) => `said:${key}`;
const claimMark = (key: string) => `saying:${key}`;
/** Two may stand: the next to say it looks, whatever is remembered. */
const doubtMark = (key: string) => `doubt:${key}`;
const shownMark = (key: string) => `shown:${key}`;
