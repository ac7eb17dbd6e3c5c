/**
 * What a person sees and does in the sandbox's Slack, as the JSON of `/slack/client/...` and as the answers of
 * `slack.client`. Blocks and views are given as the app sent them (mrkdwn untouched), with every `block_id` and
 * `action_id` filled in; whoever shows them renders them.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** `GET /client/people` answers `ClientPerson[]`: the sample people, then the bot. */
export interface ClientPerson {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly role: string;
  readonly email?: string;
  readonly isBot: boolean;
  readonly isGuest: boolean;
  readonly isDeactivated: boolean;
}

/** `GET /client/groups` answers `ClientGroup[]`: the user groups, as mentions of them are shown. */
export interface ClientGroup {
  readonly id: string;
  readonly handle: string;
}

/** `GET /client/channels?as=U…` answers `ClientChannel[]` (channels); `GET /client/dms?as=U…` the same (direct messages). */
export interface ClientChannel {
  readonly id: string;
  /** Without `#`; for a direct message the other one's handle. */
  readonly name: string;
  readonly isIm: boolean;
  /** The other one's id, in a direct message. */
  readonly user?: string;
  readonly topic: string;
  readonly purpose: string;
  readonly isMember: boolean;
  readonly botIsMember: boolean;
  readonly members: number;
  /** `ts` of the newest message, when there is one. */
  readonly latest?: string;
}

/** `GET /client/messages?as=U…&channel=C…` answers `ClientMessage[]`, oldest first; replies lie in `replies`. */
export interface ClientMessage {
  readonly channel: string;
  /** Seconds with six decimals, as Slack writes it: the message's id in its channel. */
  readonly ts: string;
  readonly user: string;
  /** Handle of the author ("trunkline", "tess"). */
  readonly handle: string;
  readonly isBot: boolean;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly attachments: readonly JsonObject[];
  readonly metadata?: JsonObject;
  readonly edited: boolean;
  /** Only this person sees it; it goes when the page is left behind (`keep` does not save it). */
  readonly ephemeral: boolean;
  readonly threadTs?: string;
  /** A reply that was also sent to the channel. */
  readonly broadcast: boolean;
  readonly replies: readonly ClientMessage[];
  /** What this message's elements hold now: block_id -> action_id -> value. */
  readonly values: InputValues;
}

/** `GET /client/views?as=U…` answers `ClientView[]`: the open modals, the root first, the visible one last. */
export interface ClientView {
  readonly id: string;
  readonly type: 'modal';
  readonly callbackId: string;
  readonly title: string;
  /** Label of the submit button; none when the form has none. */
  readonly submit?: string;
  readonly close: string;
  readonly blocks: readonly JsonObject[];
  /** What the form holds now: initial values, then what actions and submissions changed. */
  readonly values: InputValues;
  /** block_id -> text: what the app's last acknowledgement refused. */
  readonly errors: FieldErrors;
  readonly hash: string;
}

/** `GET /client/home?as=U…` answers `ClientHome | null`: the app's Home tab as last published for that person. */
export interface ClientHome {
  readonly id: string;
  readonly blocks: readonly JsonObject[];
  readonly values: InputValues;
}

/**
 * A value of an element, in plain form:
 *
 * - text inputs, number, e-mail, URL: the text (`null` or `''` for empty);
 * - date `2026-01-31`, time `13:05`, datetime: seconds as a number;
 * - radio buttons and static or external selects: the option's `value`; of people and channels: the id;
 * - checkboxes and every multi select: a list of those;
 * - rich_text_input: the rich_text block.
 */
export type InputValue = null | string | number | readonly string[] | JsonObject;
export type InputValues = { readonly [blockId: string]: { readonly [actionId: string]: InputValue } };
export type FieldErrors = { readonly [blockId: string]: string };

/**
 * What the person sees of it.
 *
 * - `ok`: taken. `message`: what Slack shows the person at once, if anything.
 * - `error`: refused. `errors` by field; else `message` in Slack's words.
 * - `timeout`: the app did not answer within 3 s; `message` is what Slack shows then.
 *
 * `errors` with `outcome: 'error'` come from Slack's own checks (`source: 'client'`, nothing was sent to the app) or
 * from the app's acknowledgement (`source: 'app'`).
 */
export interface ClientOutcome {
  readonly outcome: 'ok' | 'error' | 'timeout';
  readonly errors?: FieldErrors;
  readonly source?: 'client' | 'app';
  readonly message?: string;
  /** What was created: a message's `ts`, a direct message's channel. */
  readonly ts?: string;
  readonly channel?: string;
  /** The page a link button leads to. */
  readonly url?: string;
}

/** `POST /client/message` */
export interface MessageInput {
  readonly as: string;
  readonly channel: string;
  readonly text: string;
  readonly thread_ts?: string;
}

/** `POST /client/command`; `command` with its slash, `text` what follows it. */
export interface CommandInput {
  readonly as: string;
  readonly channel: string;
  readonly command: string;
  readonly text: string;
}

export type ActionContainer =
  | { readonly kind: 'message'; readonly channel: string; readonly ts: string }
  | { readonly kind: 'view'; readonly view_id: string };

/**
 * `POST /client/action`: a button pressed, an option chosen, an input that dispatches.
 *
 * `value` is left out for buttons; for `overflow` it is the option's value, for `feedback_buttons` the value of the
 * pressed one. `values`: what else the person has typed in the same view or message so far (merged first).
 */
export interface ActionInput {
  readonly as: string;
  readonly container: ActionContainer;
  readonly block_id: string;
  readonly action_id: string;
  readonly value?: InputValue;
  readonly values?: InputValues;
}

/** `POST /client/submit`: only what the person changed need be given. */
export interface SubmitInput {
  readonly as: string;
  readonly view_id: string;
  readonly values?: InputValues;
}

/** `POST /client/close`; `all` for the cross at the top that closes the whole stack. */
export interface CloseInput {
  readonly as: string;
  readonly view_id: string;
  readonly all?: boolean;
}

/** `POST /client/open-dm` answers `ClientOutcome` with `channel`; `with` is the bot when left out. */
export interface OpenDmInput {
  readonly as: string;
  readonly with?: string;
}

/** `POST /client/open-home`: the person opens the app's Home tab (`app_home_opened`). */
export interface OpenHomeInput {
  readonly as: string;
  readonly tab?: 'home' | 'messages';
}

/** `POST /client/options` answers `OptionsOutcome`: an external select asks the app for its options. */
export interface OptionsInput {
  readonly as: string;
  readonly container: ActionContainer;
  readonly block_id: string;
  readonly action_id: string;
  readonly query: string;
}

/**
 * `POST /client/arrange`: what an administrator changes - a person deactivated or made a guest, who is in a user group,
 * who is in a channel.
 */
export interface ArrangeInput {
  readonly person?: { readonly id: string; readonly isDeactivated?: boolean; readonly isGuest?: boolean };
  readonly group?: { readonly id: string; readonly users: readonly string[] };
  readonly channel?: { readonly id: string; readonly members: readonly string[] };
}

export interface OptionsOutcome {
  readonly outcome: 'ok' | 'error' | 'timeout';
  readonly options: readonly JsonObject[];
  readonly option_groups: readonly JsonObject[];
  readonly message?: string;
}

/**
 * `GET /client/stream?as=U…`: server-sent events. Each has the event name `changed` and this as its data; the page
 * then asks again for what it shows.
 */
export interface ClientChange {
  readonly kind: 'messages' | 'views' | 'channels' | 'home';
  readonly channel?: string;
}

/** The same functions in the process: `slack.client`. Every failure is an answer, never a throw, save a bug. */
export interface SlackClient {
  people(): readonly ClientPerson[];
  groups(): readonly ClientGroup[];
  channels(as: string): readonly ClientChannel[];
  dms(as: string): readonly ClientChannel[];
  messages(as: string, channel: string): readonly ClientMessage[];
  views(as: string): readonly ClientView[];
  home(as: string): ClientHome | null;
  message(input: MessageInput): Promise<ClientOutcome>;
  command(input: CommandInput): Promise<ClientOutcome>;
  action(input: ActionInput): Promise<ClientOutcome>;
  submit(input: SubmitInput): Promise<ClientOutcome>;
  close(input: CloseInput): Promise<ClientOutcome>;
  options(input: OptionsInput): Promise<OptionsOutcome>;
  openDm(input: OpenDmInput): Promise<ClientOutcome>;
  openHome(input: OpenHomeInput): Promise<ClientOutcome>;
  arrange(input: ArrangeInput): Promise<ClientOutcome>;
  /** Tells of every change a person sees; returns what ends the telling. */
  on(event: 'changed', listener: (userId: string, change: ClientChange) => void): () => void;
}
