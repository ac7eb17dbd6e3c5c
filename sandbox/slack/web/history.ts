import { APP, microseconds } from '../ids.ts';
import { renderMessage } from '../render-message.ts';
import type { Channel, Message } from '../state.ts';
import { type Args, flag, required, text } from './args.ts';
import { namedConversation, scopesToRead } from './conversation.ts';
import type { Call, Method } from './method.ts';
import { limitOf, nextCursor, pageOf } from './page.ts';
import { Refusal } from './reply.ts';

/** https://docs.slack.dev/reference/methods/conversations.history - newest first, without replies. */
export const conversationsHistory: Method = {
  name: 'conversations.history',
  token: 'bot',
  tier: 'tier3',
  scopes: scopesToRead('history'),
  run: (call) => {
    const { workspace, args } = call;
    const channel = readable(call);
    const within = between(args);
    const all = workspace.messages
      .filter((each) => each.channel === channel.id && each.ephemeralFor === undefined)
      .filter((each) => each.threadTs === undefined || each.broadcast)
      .filter(within)
      .sort(newestFirst);
    const { items, next } = pageOf(args, all, limitOf(args, 100, 999));
    return {
      messages: items.map((each) => renderMessage(workspace, each, flag(args, 'include_all_metadata'))),
      has_more: next !== '',
      pin_count: 0,
      channel_actions_ts: null,
      channel_actions_count: 0,
      ...(next === '' ? {} : nextCursor(next)),
    };
  },
};

/** https://docs.slack.dev/reference/methods/conversations.replies - the first message, then replies, oldest first. */
export const conversationsReplies: Method = {
  name: 'conversations.replies',
  token: 'bot',
  tier: 'tier3',
  scopes: scopesToRead('history'),
  run: (call) => {
    const { workspace, args } = call;
    const channel = readable(call);
    const asked = workspace.message(channel.id, required(args, 'ts'));
    if (!asked || asked.ephemeralFor !== undefined) throw new Refusal('thread_not_found');
    const root = asked.threadTs === undefined ? asked : workspace.message(channel.id, asked.threadTs);
    const replies = workspace
      .replies(channel.id, root?.ts ?? '')
      .filter(between(args))
      .sort((a, b) => newestFirst(b, a));
    const { items, next } = pageOf(args, [...(root ? [root] : []), ...replies], limitOf(args, 1000, 1000));
    return {
      messages: items.map((each) => renderMessage(workspace, each, flag(args, 'include_all_metadata'))),
      has_more: next !== '',
      ...(next === '' ? {} : nextCursor(next)),
    };
  },
};

function readable(call: Call): Channel {
  const channel = namedConversation(call);
  if (!channel.members.includes(APP.userId)) throw new Refusal('not_in_channel');
  return channel;
}

/** Whether a message lies between `oldest` and `latest`; at their very time only when `inclusive`. */
function between(args: Args): (message: Message) => boolean {
  const oldest = timeOf(args, 'oldest', 0);
  const latest = timeOf(args, 'latest', Number.POSITIVE_INFINITY);
  const inclusive = flag(args, 'inclusive');
  return ({ ts }) => {
    const at = microseconds(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
}

function timeOf(args: Args, name: string, fallback: number): number {
  const given = text(args, name);
  if (given === undefined) return fallback;
  const time = microseconds(given);
  if (Number.isNaN(time)) throw new Refusal(name === 'oldest' ? 'invalid_ts_oldest' : 'invalid_ts_latest');
  return time;
}

function newestFirst(a: Message, b: Message): number {
  return microseconds(b.ts) - microseconds(a.ts);
}
