import type { Json, JsonObject } from '../client-types.ts';
import { stateOf } from '../element-values.ts';
import { APP, TEAM } from '../ids.ts';
import { renderMessage } from '../render-message.ts';
import { renderView } from '../render-view.ts';
import type { Channel, Message, View } from '../state.ts';
import type { Workspace } from '../workspace.ts';

// https://docs.slack.dev/reference/interaction-payloads

const TOKEN = 'sandbox-verification-token';

interface Asked {
  readonly user: string;
  readonly triggerId: string;
}

interface CommandFacts extends Asked {
  readonly channel: Channel;
  readonly command: string;
  readonly text: string;
  readonly responseUrl: string;
}

/** https://docs.slack.dev/interactivity/implementing-slash-commands */
export function commandPayload(workspace: Workspace, facts: CommandFacts): JsonObject {
  return {
    token: TOKEN,
    team_id: TEAM.id,
    team_domain: TEAM.domain,
    channel_id: facts.channel.id,
    channel_name: facts.channel.isIm ? 'directmessage' : facts.channel.name,
    user_id: facts.user,
    user_name: workspace.person(facts.user)?.handle ?? '',
    command: facts.command,
    text: facts.text,
    api_app_id: APP.id,
    is_enterprise_install: 'false',
    response_url: facts.responseUrl,
    trigger_id: facts.triggerId,
  };
}

function common(workspace: Workspace, type: string, user: string): JsonObject {
  const handle = workspace.person(user)?.handle ?? '';
  return {
    type,
    user: { id: user, username: handle, name: handle, team_id: TEAM.id },
    api_app_id: APP.id,
    token: TOKEN,
    team: { id: TEAM.id, domain: TEAM.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload, of a message's element. */
export function messageActionPayload(
  workspace: Workspace,
  asked: Asked,
  message: Message,
  action: JsonObject,
  responseUrl: string,
): JsonObject {
  return {
    ...common(workspace, 'block_actions', asked.user),
    ...messagePlace(workspace, message),
    trigger_id: asked.triggerId,
    state: stateOf(message.blocks, message.values, message.offered),
    response_url: responseUrl,
    actions: [action],
  };
}

/** The same, of an element of a modal or a Home tab. */
export function viewActionPayload(
  workspace: Workspace,
  asked: Asked,
  view: View,
  action: JsonObject,
): JsonObject {
  return {
    ...common(workspace, 'block_actions', asked.user),
    container: { type: 'view', view_id: view.id },
    trigger_id: asked.triggerId,
    view: renderView(view),
    actions: [action],
  };
}

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export function submissionPayload(
  workspace: Workspace,
  asked: Asked,
  view: View,
  responseUrls: readonly JsonObject[],
): JsonObject {
  return {
    ...common(workspace, 'view_submission', asked.user),
    trigger_id: asked.triggerId,
    view: renderView(view),
    response_urls: responseUrls,
  };
}

export function closedPayload(workspace: Workspace, view: View, isCleared: boolean): JsonObject {
  return { ...common(workspace, 'view_closed', view.owner), view: renderView(view), is_cleared: isCleared };
}

/** https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload */
export function suggestionPayload(
  workspace: Workspace,
  user: string,
  place: Message | View,
  asked: { readonly block_id: string; readonly action_id: string; readonly value: string },
): JsonObject {
  const where =
    'ts' in place
      ? messagePlace(workspace, place)
      : { container: { type: 'view', view_id: place.id }, view: renderView(place) };
  return { ...common(workspace, 'block_suggestion', user), ...where, ...asked };
}

function messagePlace(workspace: Workspace, message: Message): Record<string, Json> {
  const channel = workspace.channel(message.channel);
  const isEphemeral = message.ephemeralFor !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: isEphemeral,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    channel: { id: message.channel, name: channel?.isIm ? 'directmessage' : (channel?.name ?? '') },
    ...(isEphemeral ? {} : { message: renderMessage(workspace, message, true) }),
  };
}
