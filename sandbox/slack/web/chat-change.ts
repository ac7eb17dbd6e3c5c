import { keptValues, valuesFor } from '../element-values.ts';
import { APP } from '../ids.ts';
import { renderMessage } from '../render-message.ts';
import type { Message } from '../state.ts';
import { flag, required } from './args.ts';
import { contentOf, LONGEST_UPDATE } from './content.ts';
import { namedConversation } from './conversation.ts';
import { metadataOf } from './metadata.ts';
import type { Call, Method } from './method.ts';
import { Refusal } from './reply.ts';

/**
 * https://docs.slack.dev/reference/methods/chat.update
 *
 * `text` without `blocks` takes the blocks away; metadata stays unless given, `{}` takes it away.
 */
export const chatUpdate: Method = {
  name: 'chat.update',
  token: 'bot',
  tier: 'tier3',
  scopes: ['chat:write'],
  run: (call) => {
    const { workspace, args } = call;
    const message = ownMessage(call, 'cant_update_message');
    const content = contentOf(args, LONGEST_UPDATE);
    const metadata = metadataOf(args);
    message.values = valuesFor(content.blocks, keptValues(message.blocks, content.blocks, message.values));
    message.text = content.text;
    message.blocks = content.blocks;
    if (args['attachments'] !== undefined) message.attachments = content.attachments;
    if (metadata && Object.keys(metadata).length > 0) message.metadata = metadata;
    else if (metadata) delete message.metadata;
    if (flag(args, 'reply_broadcast')) message.broadcast = true;
    message.edited = { user: APP.userId, ts: workspace.nextTs() };
    workspace.messageChanged(message);
    return {
      channel: message.channel,
      ts: message.ts,
      text: message.text,
      message: renderMessage(workspace, message, true),
    };
  },
};

/** https://docs.slack.dev/reference/methods/chat.delete */
export const chatDelete: Method = {
  name: 'chat.delete',
  token: 'bot',
  tier: 'tier3',
  scopes: ['chat:write'],
  run: (call) => {
    const { workspace } = call;
    const message = ownMessage(call, 'cant_delete_message');
    if (workspace.replies(message.channel, message.ts).length > 0) {
      message.tombstone = true;
      message.text = '';
      message.blocks = [];
      message.attachments = [];
      delete message.metadata;
      workspace.messageChanged(message);
    } else workspace.remove(message);
    return { channel: message.channel, ts: message.ts };
  },
};

/** https://docs.slack.dev/reference/methods/chat.getPermalink */
export const chatGetPermalink: Method = {
  name: 'chat.getPermalink',
  token: 'bot',
  tier: 'special',
  scopes: [],
  run: (call) => {
    const channel = namedConversation(call);
    const message = call.workspace.message(channel.id, required(call.args, 'message_ts'));
    if (!message || message.ephemeralFor !== undefined) throw new Refusal('message_not_found');
    const thread = message.threadTs === undefined ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
    const permalink = `${call.workspace.options.publicUrl()}/archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`;
    return { channel: channel.id, permalink };
  },
};

function ownMessage(call: Call, notOwn: string): Message {
  const channel = namedConversation(call);
  const message = call.workspace.message(channel.id, required(call.args, 'ts'));
  if (!message || message.tombstone || message.ephemeralFor !== undefined)
    throw new Refusal('message_not_found');
  if (message.user !== APP.userId) throw new Refusal(notOwn);
  return message;
}
