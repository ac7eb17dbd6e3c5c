import type {
  ClientChannel,
  ClientGroup,
  ClientHome,
  ClientMessage,
  ClientPerson,
  ClientView,
  JsonObject,
} from '../client-types.ts';
import { APP, microseconds } from '../ids.ts';
import { isObject } from '../kit/walk.ts';
import type { Channel, Message } from '../state.ts';
import type { Workspace } from '../workspace.ts';
import { visibleChannel } from './world.ts';

export function seenPeople(workspace: Workspace): ClientPerson[] {
  const people = workspace.people.map((person) => ({
    id: person.slackId,
    handle: person.handle,
    name: person.name,
    role: person.role,
    email: person.email,
    isBot: false,
    isGuest: person.isGuest ?? false,
    isDeactivated: person.isDeactivated ?? false,
  }));
  const bot = {
    id: APP.userId,
    handle: APP.handle,
    name: APP.name,
    role: 'app',
    isBot: true,
    isGuest: false,
    isDeactivated: false,
  };
  return [...people, bot];
}

export function seenGroups(workspace: Workspace): ClientGroup[] {
  return workspace.groups.map(({ id, handle }) => ({ id, handle }));
}

export function seenChannels(workspace: Workspace, as: string): ClientChannel[] {
  return workspace.channels
    .filter((channel) => !channel.isIm && visibleChannel(workspace, as, channel.id))
    .map((channel) => seenChannel(workspace, as, channel));
}

export function seenDms(workspace: Workspace, as: string): ClientChannel[] {
  return workspace.channels
    .filter((channel) => channel.isIm && channel.members.includes(as))
    .map((channel) => seenChannel(workspace, as, channel));
}

/** The messages of a conversation, oldest first, those for this person only among them. */
export function seenMessages(workspace: Workspace, as: string, id: string): ClientMessage[] {
  if (!visibleChannel(workspace, as, id)) return [];
  const all = messagesFor(workspace, as, id);
  const roots = all.filter(
    (each) => each.threadTs === undefined || each.broadcast || !workspace.message(id, each.threadTs),
  );
  return roots.map((root) => {
    const replies = root.threadTs === undefined ? all.filter((each) => each.threadTs === root.ts) : [];
    return seenMessage(
      workspace,
      root,
      replies.map((reply) => seenMessage(workspace, reply, [])),
    );
  });
}

export function seenViews(workspace: Workspace, as: string): ClientView[] {
  return workspace.stack(as).map((view) => ({
    id: view.id,
    type: 'modal',
    callbackId: String(view.body['callback_id'] ?? ''),
    title: labelOf(view.body['title'], ''),
    ...(isObject(view.body['submit']) ? { submit: labelOf(view.body['submit'], 'Submit') } : {}),
    close: labelOf(view.body['close'], 'Close'),
    blocks: view.blocks,
    values: view.values,
    errors: view.errors,
    hash: view.hash,
  }));
}

export function seenHome(workspace: Workspace, as: string): ClientHome | null {
  const home = workspace.homes.get(as);
  return home ? { id: home.id, blocks: home.blocks, values: home.values } : null;
}

function messagesFor(workspace: Workspace, as: string, channel: string): Message[] {
  return workspace.messages
    .filter(
      (each) => each.channel === channel && (each.ephemeralFor === undefined || each.ephemeralFor === as),
    )
    .sort((a, b) => microseconds(a.ts) - microseconds(b.ts));
}

function seenChannel(workspace: Workspace, as: string, channel: Channel): ClientChannel {
  const latest = messagesFor(workspace, as, channel.id).at(-1)?.ts;
  return {
    id: channel.id,
    name: channel.isIm ? APP.handle : channel.name,
    isIm: channel.isIm,
    ...(channel.isIm ? { user: APP.userId } : {}),
    topic: channel.topic,
    purpose: channel.purpose,
    isMember: channel.members.includes(as),
    botIsMember: channel.members.includes(APP.userId),
    members: channel.members.length,
    ...(latest === undefined ? {} : { latest }),
  };
}

function seenMessage(
  workspace: Workspace,
  message: Message,
  replies: readonly ClientMessage[],
): ClientMessage {
  const author = message.isBot ? APP.handle : (workspace.person(message.user)?.handle ?? message.user);
  return {
    channel: message.channel,
    ts: message.ts,
    user: message.user,
    handle: message.username ?? author,
    isBot: message.isBot,
    text: message.tombstone ? 'This message was deleted.' : message.text,
    blocks: message.blocks,
    attachments: message.attachments,
    ...(message.metadata ? { metadata: message.metadata } : {}),
    edited: message.edited !== undefined,
    ephemeral: message.ephemeralFor !== undefined,
    ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    broadcast: message.broadcast,
    replies,
    values: message.values,
  };
}

function labelOf(text: JsonObject[string] | undefined, fallback: string): string {
  return isObject(text) ? String(text['text'] ?? fallback) : fallback;
}
