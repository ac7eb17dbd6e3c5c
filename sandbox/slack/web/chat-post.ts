import { valuesFor } from '../element-values.ts';
import { APP } from '../ids.ts';
import { renderMessage } from '../render-message.ts';
import type { Channel, Message } from '../state.ts';
import { flag, required, text } from './args.ts';
import { contentOf, LONGEST_POST } from './content.ts';
import { conversationToPostIn, namedConversation } from './conversation.ts';
import { metadataOf } from './metadata.ts';
import type { Call, Method } from './method.ts';
import { Refusal } from './reply.ts';

/** https://docs.slack.dev/reference/methods/chat.postMessage */
export const chatPostMessage: Method = {
  name: 'chat.postMessage',
  token: 'bot',
  tier: 'special',
  scopes: ['chat:write'],
  run: (call) => {
    const { workspace, args } = call;
    const channel = conversationToPostIn(call);
    refuseOutsider(call, channel);
    const content = contentOf(args, LONGEST_POST);
    const metadata = metadataOf(args);
    const threadTs = threadOf(call, channel);
    const username = text(args, 'username');
    if (username !== undefined && !call.scopes.has('chat:write.customize')) {
      throw new Refusal('missing_scope', {
        needed: 'chat:write.customize',
        provided: [...call.scopes].join(','),
      });
    }
    const message = workspace.add({
      channel: channel.id,
      ts: workspace.nextTs(),
      user: APP.userId,
      isBot: true,
      ...(threadTs === undefined ? {} : { threadTs }),
      ...(username === undefined ? {} : { username }),
      broadcast: threadTs !== undefined && flag(args, 'reply_broadcast'),
      ...content,
      ...(metadata && Object.keys(metadata).length > 0 ? { metadata } : {}),
      values: valuesFor(content.blocks, {}),
      offered: {},
    });
    return { channel: channel.id, ts: message.ts, message: renderMessage(workspace, message, true) };
  },
};

/** https://docs.slack.dev/reference/methods/chat.postEphemeral */
export const chatPostEphemeral: Method = {
  name: 'chat.postEphemeral',
  token: 'bot',
  tier: 'tier4',
  scopes: ['chat:write'],
  run: (call) => {
    const { workspace, args } = call;
    const channel = namedConversation(call);
    refuseOutsider(call, channel);
    const user = required(args, 'user');
    if (!workspace.person(user)) throw new Refusal('user_not_found');
    if (!channel.members.includes(user)) throw new Refusal('user_not_in_channel');
    const content = contentOf(args, LONGEST_POST);
    const threadTs = threadOf(call, channel);
    const message: Message = workspace.add({
      channel: channel.id,
      ts: workspace.nextTs(),
      user: APP.userId,
      isBot: true,
      ephemeralFor: user,
      ...(threadTs === undefined ? {} : { threadTs }),
      broadcast: false,
      ...content,
      values: valuesFor(content.blocks, {}),
      offered: {},
    });
    return { message_ts: message.ts };
  },
};

/** A bot writes where it is a member; in other public channels only with `chat:write.public`. */
function refuseOutsider({ scopes }: Call, channel: Channel): void {
  if (channel.members.includes(APP.userId)) return;
  if (channel.isPrivate) throw new Refusal('channel_not_found');
  if (!scopes.has('chat:write.public')) throw new Refusal('not_in_channel');
}

/** The first message of the thread to answer in; a reply's `ts` leads to its thread's first message. */
function threadOf({ workspace, args }: Call, channel: Channel): string | undefined {
  const wanted = text(args, 'thread_ts');
  if (wanted === undefined) return undefined;
  const parent = workspace.message(channel.id, wanted);
  if (!parent || parent.ephemeralFor !== undefined) throw new Refusal('thread_not_found');
  return parent.threadTs ?? parent.ts;
}
