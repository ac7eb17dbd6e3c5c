import type {
  ActionInput,
  ClientChannel,
  ClientGroup,
  ClientMessage,
  ClientOutcome,
  ClientPerson,
  ClientView,
  CloseInput,
  CommandInput,
  MessageInput,
  OptionsInput,
  OptionsOutcome,
  SubmitInput,
} from '../../slack/client-types.ts';
import { ask } from '../lib/http.ts';

const ROOT = '/slack/client';

function post<T>(path: string, body: unknown): Promise<T> {
  return ask<T>(`${ROOT}/${path}`, { method: 'POST', body });
}

/** What a person can see and do in the sandbox's Slack. */
export const slack = {
  people: () => ask<readonly ClientPerson[]>(`${ROOT}/people`),
  groups: () => ask<readonly ClientGroup[]>(`${ROOT}/groups`),
  channels: (as: string) => ask<readonly ClientChannel[]>(`${ROOT}/channels?as=${as}`),
  dms: (as: string) => ask<readonly ClientChannel[]>(`${ROOT}/dms?as=${as}`),
  messages: (as: string, channel: string) =>
    ask<readonly ClientMessage[]>(`${ROOT}/messages?as=${as}&channel=${channel}`),
  views: (as: string) => ask<readonly ClientView[]>(`${ROOT}/views?as=${as}`),
  message: (input: MessageInput) => post<ClientOutcome>('message', input),
  command: (input: CommandInput) => post<ClientOutcome>('command', input),
  action: (input: ActionInput) => post<ClientOutcome>('action', input),
  submit: (input: SubmitInput) => post<ClientOutcome>('submit', input),
  close: (input: CloseInput) => post<ClientOutcome>('close', input),
  options: (input: OptionsInput) => post<OptionsOutcome>('options', input),
  openDm: (as: string) => post<ClientOutcome>('open-dm', { as }),
} as const;
