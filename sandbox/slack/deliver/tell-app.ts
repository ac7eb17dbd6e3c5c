import type { JsonObject } from '../client-types.ts';
import { APP } from '../ids.ts';
import { renderMessage } from '../render-message.ts';
import type { Message } from '../state.ts';
import type { Workspace } from '../workspace.ts';
import type { Events } from './events.ts';

/**
 * Tells the app of a new message where it is a member: its own too, as Slack does.
 *
 * https://docs.slack.dev/reference/events/message and https://docs.slack.dev/reference/events/app_mention
 */
export function tellApp(workspace: Workspace, events: Events, message: Message): void {
  const channel = workspace.channel(message.channel);
  if (message.ephemeralFor !== undefined || !channel?.members.includes(APP.userId)) return;
  const event: JsonObject = {
    ...renderMessage(workspace, message, false),
    channel: channel.id,
    event_ts: message.ts,
  };
  if (channel.isIm) events.emit('message.im', { ...event, channel_type: 'im' });
  else events.emit('message.channels', { ...event, channel_type: 'channel' });
  const mentioned = !message.isBot && message.text.includes(`<@${APP.userId}>`);
  if (mentioned && !channel.isIm) events.emit('app_mention', { ...event, type: 'app_mention' });
}
