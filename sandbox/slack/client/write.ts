import type { ClientOutcome, MessageInput } from '../client-types.ts';
import { APP } from '../ids.ts';
import type { Workspace } from '../workspace.ts';
import { barred, ok, refused, visibleChannel, type World } from './world.ts';

/** A person writes a message. */
export async function writeMessage(world: World, input: MessageInput): Promise<ClientOutcome> {
  const { workspace } = world;
  const stop = barred(workspace, input.as);
  if (stop) return stop;
  const channel = visibleChannel(workspace, input.as, input.channel);
  if (!channel) return refused('You cannot see this conversation.');
  if (input.text.trim() === '') return refused('A message needs a text.');
  const parent = input.thread_ts === undefined ? undefined : workspace.message(channel.id, input.thread_ts);
  if (input.thread_ts !== undefined && !parent) return refused('This thread does not exist.');
  if (!channel.members.includes(input.as)) channel.members.push(input.as);
  const threadTs = parent?.threadTs ?? parent?.ts;
  const message = workspace.add({
    channel: channel.id,
    ts: workspace.nextTs(),
    user: input.as,
    isBot: false,
    ...(threadTs === undefined ? {} : { threadTs }),
    broadcast: false,
    text: markedUp(workspace, input.text),
    blocks: [],
    attachments: [],
    values: {},
    offered: {},
  });
  return ok({ ts: message.ts, channel: channel.id });
}

/** What a person typed as Slack stores it: escaped, with people and channels by id. */
function markedUp(workspace: Workspace, typed: string): string {
  const escaped = typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const named = escaped.replace(/(?<![\w@])@([\w-]+)/g, (whole, handle: string) => {
    const group = workspace.groups.find((each) => each.handle === handle);
    if (group) return `<!subteam^${group.id}>`;
    const id =
      handle === APP.handle ? APP.userId : workspace.people.find((each) => each.handle === handle)?.slackId;
    return id === undefined ? whole : `<@${id}>`;
  });
  return named.replace(/(?<![\w#&])#([\w-]+)/g, (whole, name: string) => {
    const channel = workspace.channels.find((each) => !each.isIm && each.name === name);
    return channel ? `<#${channel.id}|${name}>` : whole;
  });
}
