import { APP } from '../ids.ts';
import { flag, required, text } from './args.ts';
import { namedConversation, renderConversation, scopesToRead } from './conversation.ts';
import type { Method } from './method.ts';
import { limitOf, nextCursor, pageOf } from './page.ts';
import { Refusal, refusalWithMessages } from './reply.ts';

const TYPES = ['public_channel', 'private_channel', 'mpim', 'im'];
const SCOPE_OF: Readonly<Record<string, string>> = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  mpim: 'mpim:read',
  im: 'im:read',
};

/** https://docs.slack.dev/reference/methods/conversations.list */
export const conversationsList: Method = {
  name: 'conversations.list',
  token: 'bot',
  tier: 'tier2',
  scopes: ({ args }) => typesOf(args['types']).map((type) => SCOPE_OF[type] ?? 'channels:read'),
  run: ({ workspace, args }) => {
    const types = typesOf(args['types']);
    if (types.some((type) => !TYPES.includes(type))) throw new Refusal('invalid_types');
    const seen = workspace.channels.filter((each) =>
      types.includes(each.isIm ? 'im' : each.isPrivate ? 'private_channel' : 'public_channel'),
    );
    const { items, next } = pageOf(args, seen, limitOf(args, 100, 1000));
    return { channels: items.map((each) => renderConversation(each, workspace)), ...nextCursor(next) };
  },
};

/** https://docs.slack.dev/reference/methods/conversations.info */
export const conversationsInfo: Method = {
  name: 'conversations.info',
  token: 'bot',
  tier: 'tier3',
  scopes: scopesToRead('read'),
  run: (call) => {
    const channel = namedConversation(call);
    const { num_members: members = 0, ...conversation } = renderConversation(channel, call.workspace);
    return {
      channel: flag(call.args, 'include_num_members')
        ? { ...conversation, num_members: members }
        : conversation,
    };
  },
};

/** https://docs.slack.dev/reference/methods/conversations.members */
export const conversationsMembers: Method = {
  name: 'conversations.members',
  token: 'bot',
  tier: 'tier4',
  scopes: scopesToRead('read'),
  run: (call) => {
    const { items, next } = pageOf(call.args, namedConversation(call).members, limitOf(call.args, 100, 1000));
    return { members: [...items], ...nextCursor(next) };
  },
};

/** https://docs.slack.dev/reference/methods/conversations.open (direct messages with one person) */
export const conversationsOpen: Method = {
  name: 'conversations.open',
  token: 'bot',
  tier: 'tier3',
  scopes: ['im:write'],
  run: (call) => {
    const { workspace, args } = call;
    const users = (text(args, 'users') ?? '').split(',').filter(Boolean);
    if (users.length === 0 && text(args, 'channel') === undefined) {
      throw refusalWithMessages('invalid_arguments', ['missing required field: users']);
    }
    if (users.length > 1) throw new Refusal('method_not_supported_for_channel_type');
    if (users[0] === APP.userId) throw new Refusal('invalid_user_combination');
    if (users[0] !== undefined && !workspace.person(users[0])) throw new Refusal('user_not_found');
    if (users[0] !== undefined && workspace.person(users[0])?.isDeactivated)
      throw new Refusal('user_disabled');
    const already = workspace.channels.some((each) => each.isIm && each.user === users[0]);
    const channel = users[0] === undefined ? namedConversation(call) : workspace.directMessage(users[0]);
    const shown = flag(args, 'return_im') ? renderConversation(channel, workspace) : { id: channel.id };
    return { ...(already ? { no_op: true, already_open: true } : {}), channel: shown };
  },
};

/** https://docs.slack.dev/reference/methods/conversations.join */
export const conversationsJoin: Method = {
  name: 'conversations.join',
  token: 'bot',
  tier: 'tier3',
  scopes: ['channels:join'],
  run: (call) => {
    const channel = call.workspace.channel(required(call.args, 'channel'));
    if (!channel) throw new Refusal('channel_not_found');
    if (channel.isIm || channel.isPrivate) throw new Refusal('method_not_supported_for_channel_type');
    if (!channel.members.includes(APP.userId)) channel.members.push(APP.userId);
    call.workspace.changed(channel.members, { kind: 'channels' });
    return { channel: renderConversation(channel, call.workspace) };
  },
};

function typesOf(given: unknown): string[] {
  return typeof given === 'string' && given !== ''
    ? given.split(',').map((each) => each.trim())
    : ['public_channel'];
}
