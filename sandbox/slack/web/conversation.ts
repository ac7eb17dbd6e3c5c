import type { JsonObject } from '../client-types.ts';
import { APP, TEAM } from '../ids.ts';
import type { Channel } from '../state.ts';
import type { Workspace } from '../workspace.ts';
import { required } from './args.ts';
import type { Call } from './method.ts';
import { Refusal } from './reply.ts';

/** The conversation that an argument names: by id, or by name (`#platform-requests`). */
export function namedConversation({ workspace, args }: Call, argument = 'channel'): Channel {
  const named = required(args, argument);
  const found =
    workspace.channel(named) ??
    workspace.channels.find((each) => !each.isIm && each.name === named.replace(/^#/, ''));
  if (!found) throw new Refusal('channel_not_found');
  return found;
}

/** Where a message goes: as above, or to a person, whose direct message is opened then. */
export function conversationToPostIn(call: Call): Channel {
  const named = required(call.args, 'channel');
  const person = call.workspace.person(named);
  if (person?.isDeactivated) throw new Refusal('account_inactive');
  if (person) return call.workspace.directMessage(person.slackId);
  return namedConversation(call);
}

/** The scopes that reading of this conversation takes: `channels:read`, `im:history` and so on. */
export function scopesToRead(kind: 'read' | 'history'): (call: Call) => readonly string[] {
  return ({ workspace, args }) => {
    const channel = workspace.channel(String(args['channel'] ?? ''));
    if (channel?.isIm) return [`im:${kind}`];
    return [channel?.isPrivate ? `groups:${kind}` : `channels:${kind}`];
  };
}

/** A conversation as the Web API gives it. https://docs.slack.dev/reference/objects/conversation-object */
export function renderConversation(channel: Channel, workspace: Workspace): JsonObject {
  const common = {
    id: channel.id,
    created: channel.created,
    is_archived: false,
    is_im: channel.isIm,
    is_org_shared: false,
  };
  if (channel.isIm) {
    const deleted = workspace.person(channel.user ?? '')?.isDeactivated ?? false;
    return {
      ...common,
      user: channel.user ?? '',
      is_user_deleted: deleted,
      is_open: true,
      context_team_id: TEAM.id,
    };
  }
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_mpim: false,
    is_private: channel.isPrivate,
    is_general: channel.name === 'general',
    is_shared: false,
    is_ext_shared: false,
    is_member: channel.members.includes(APP.userId),
    creator: 'USLACKBOT',
    context_team_id: TEAM.id,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: channel.purpose, creator: '', last_set: 0 },
    num_members: channel.members.length,
  };
}
