import type { ClientOutcome, CommandInput } from '../client-types.ts';
import { commandPayload } from '../deliver/payloads.ts';
import { newResponseUrl, postResponse } from '../deliver/response-urls.ts';
import type { Ack } from '../deliver/transport.ts';
import { isObject } from '../web/args.ts';
import { Refusal } from '../web/reply.ts';
import { barred, ok, refused, visibleChannel, type World } from './world.ts';

/** A person types a slash command. */
export async function typeCommand(world: World, input: CommandInput): Promise<ClientOutcome> {
  const { workspace, courier } = world;
  const stop = barred(workspace, input.as);
  if (stop) return stop;
  const channel = visibleChannel(workspace, input.as, input.channel);
  if (!channel) return refused('You cannot see this conversation.');
  if (!isInstalled(world, input.command)) return refused(`${input.command} is not a valid command.`);
  const trigger = workspace.newTrigger(input.as, { channel: channel.id });
  const payload = commandPayload(workspace, {
    user: input.as,
    triggerId: trigger.id,
    channel,
    command: input.command,
    text: input.text.trim(),
    responseUrl: newResponseUrl(workspace, 'commands', { user: input.as, channel: channel.id }),
  });
  const ack = await courier.deliver('slash_commands', { type: 'slash_commands', payload });
  return answered(world, input, ack);
}

function isInstalled({ workspace }: World, command: string): boolean {
  const { commands, scopes } = workspace.options;
  return scopes.includes('commands') && commands.includes(command);
}

/** Shows what the app answered, or the error that Slack shows instead. */
function answered({ workspace }: World, input: CommandInput, ack: Ack): ClientOutcome {
  if (ack.kind === 'timeout') {
    return { outcome: 'timeout', message: `${input.command} failed with the error "operation_timeout"` };
  }
  if (ack.kind === 'failed')
    return failedWith(input.command, ack.status === undefined ? 'dispatch_failed' : 'http_service_error');
  const said = typeof ack.body === 'string' ? { text: ack.body } : ack.body;
  if (!isObject(said) || Object.keys(said).length === 0) return ok();
  try {
    const message = postResponse(workspace, { user: input.as, channel: input.channel }, said);
    return ok({ ts: message.ts, channel: message.channel, message: message.text });
  } catch (error) {
    if (error instanceof Refusal) return failedWith(input.command, error.code);
    throw error;
  }
}

function failedWith(command: string, code: string): ClientOutcome {
  return { outcome: 'error', source: 'app', message: `${command} failed with the error "${code}"` };
}
