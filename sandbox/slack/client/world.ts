import type { ClientOutcome } from '../client-types.ts';
import type { Courier } from '../deliver/courier.ts';
import type { Events } from '../deliver/events.ts';
import type { Ack } from '../deliver/transport.ts';
import type { Channel } from '../state.ts';
import type { Workspace } from '../workspace.ts';

/** What everything that a person does works on. */
export interface World {
  readonly workspace: Workspace;
  readonly courier: Courier;
  readonly events: Events;
}

export function ok(extra: Omit<ClientOutcome, 'outcome'> = {}): ClientOutcome {
  return { outcome: 'ok', ...extra };
}

export function refused(message: string): ClientOutcome {
  return { outcome: 'error', source: 'client', message };
}

/** Why a person cannot act at all; undefined when they can. */
export function barred(workspace: Workspace, user: string): ClientOutcome | undefined {
  const person = workspace.person(user);
  if (!person) return refused('No such person in this workspace.');
  return person.isDeactivated ? refused('This account has been deactivated.') : undefined;
}

/** A conversation that the person is in, or can walk into; guests and direct messages only where they are members. */
export function visibleChannel(workspace: Workspace, user: string, id: string): Channel | undefined {
  const channel = workspace.channel(id);
  const open = channel && !channel.isPrivate && !workspace.person(user)?.isGuest;
  return open || channel?.members.includes(user) ? channel : undefined;
}

/** What a person sees when an element or a form got no good answer. */
export function troubled(ack: Exclude<Ack, { kind: 'acked' }>): ClientOutcome {
  if (ack.kind === 'timeout') {
    return { outcome: 'timeout', message: 'Operation timed out. Apps need to respond within 3 seconds.' };
  }
  const message =
    ack.status === undefined
      ? 'This app is not responding right now.'
      : `This app responded with Status Code ${ack.status}.`;
  return { outcome: 'error', source: 'app', message };
}

export const TROUBLE = 'We had some trouble connecting. Try again?';
