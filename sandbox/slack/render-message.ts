import type { Json, JsonObject } from './client-types.ts';
import { APP, TEAM } from './ids.ts';
import { objects, textsIn } from './kit/walk.ts';
import type { Message } from './state.ts';
import type { Workspace } from './workspace.ts';

/** The app, as Slack writes it beside its messages. */
export function botProfile(created: number): JsonObject {
  return {
    id: APP.botId,
    app_id: APP.id,
    user_id: APP.userId,
    name: APP.handle,
    icons: { image_36: '', image_48: '', image_72: '' },
    deleted: false,
    updated: created,
    team_id: TEAM.id,
  };
}

/** A message as the Web API gives it. https://docs.slack.dev/reference/events/message */
export function renderMessage(workspace: Workspace, message: Message, withMetadata: boolean): JsonObject {
  if (message.tombstone) return { ...tombstone(message), ...threadFacts(workspace, message) };
  return {
    type: 'message',
    ...(message.username === undefined ? {} : { subtype: 'bot_message', username: message.username }),
    ...(message.broadcast && message.username === undefined ? { subtype: 'thread_broadcast' } : {}),
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: TEAM.id,
    ...(message.isBot ? { bot_id: APP.botId, app_id: APP.id, bot_profile: botProfile(0) } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
    ...(message.edited ? { edited: { ...message.edited } } : {}),
    ...threadFacts(workspace, message),
  };
}

function tombstone(message: Message): JsonObject {
  return {
    type: 'message',
    subtype: 'tombstone',
    user: 'USLACKBOT',
    text: 'This message was deleted.',
    hidden: true,
    ts: message.ts,
  };
}

function threadFacts(workspace: Workspace, message: Message): JsonObject {
  if (message.threadTs !== undefined)
    return { thread_ts: message.threadTs, parent_user_id: parentUser(workspace, message) };
  const replies = workspace.replies(message.channel, message.ts);
  const latest = replies.at(-1);
  if (!latest) return {};
  const users = [...new Set(replies.map((each) => each.user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    reply_users: users.slice(0, 5),
    latest_reply: latest.ts,
    is_locked: false,
    subscribed: false,
  };
}

function parentUser(workspace: Workspace, message: Message): Json {
  return workspace.message(message.channel, message.threadTs ?? '')?.user ?? null;
}

/** The text that Slack makes from blocks where the app sent none. */
export function fallbackText(blocks: readonly JsonObject[]): string {
  return objects(blocks)
    .flatMap((block) => textsIn(block))
    .join(' ')
    .slice(0, 3000);
}
