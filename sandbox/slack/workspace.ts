import { EventEmitter } from 'node:events';
import { PEOPLE, type Person } from '../people.ts';
import type { ClientChange } from './client-types.ts';
import { APP, randomId, randomToken, randomTriggerId, timestamps } from './ids.ts';
import { DEFAULT_LIMITS, type Limits, type SlackOptions } from './options.ts';
import { seedChannels, seedGroups } from './seed.ts';
import type { Channel, Message, ResponseUrl, Trigger, UserGroup, View } from './state.ts';

/** How long expired triggers are remembered, so that their use is answered with the right error. */
const FORGET_MS = 10 * 60_000;

/** Everything the sandbox's Slack knows. Whoever changes what a person sees calls `changed`. */
export class Workspace {
  readonly options: SlackOptions;
  readonly limits: Limits;
  readonly now: () => number;
  readonly nextTs: (floor?: string) => string;
  tokens = { bot: randomToken('xoxb'), app: randomToken('xapp') };
  people: Person[] = [...PEOPLE];
  channels: Channel[];
  groups: UserGroup[] = seedGroups();
  messages: Message[] = [];
  /** Open modals, root first, by person. */
  readonly stacks = new Map<string, View[]>();
  readonly homes = new Map<string, View>();
  readonly triggers = new Map<string, Trigger>();
  readonly responseUrls = new Map<string, ResponseUrl>();
  readonly #events = new EventEmitter().setMaxListeners(0);

  constructor(options: SlackOptions) {
    this.options = options;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.now = options.now ?? Date.now;
    this.nextTs = timestamps(this.now);
    this.channels = seedChannels(Math.floor(this.now() / 1000));
  }

  person(id: string): Person | undefined {
    return this.people.find((each) => each.slackId === id);
  }

  channel(id: string): Channel | undefined {
    return this.channels.find((each) => each.id === id);
  }

  /** The direct message between a person and the bot, opened when there is none yet. */
  directMessage(user: string): Channel {
    const open = this.channels.find((each) => each.isIm && each.user === user);
    if (open) return open;
    const channel: Channel = {
      id: randomId('D0', 8),
      name: '',
      isIm: true,
      isPrivate: true,
      user,
      created: Math.floor(this.now() / 1000),
      topic: '',
      purpose: '',
      members: [user, APP.userId],
    };
    this.channels.push(channel);
    this.changed([user], { kind: 'channels' });
    return channel;
  }

  message(channel: string, ts: string): Message | undefined {
    return this.messages.find((each) => each.channel === channel && each.ts === ts);
  }

  /** Replies of a thread that everybody sees, oldest first. */
  replies(channel: string, ts: string): Message[] {
    return this.messages.filter(
      (each) => each.channel === channel && each.threadTs === ts && each.ts !== ts && !each.ephemeralFor,
    );
  }

  add(message: Message): Message {
    this.messages.push(message);
    this.#events.emit('posted', message);
    this.messageChanged(message);
    return message;
  }

  remove(message: Message): void {
    this.messages = this.messages.filter((each) => each !== message);
    this.messageChanged(message);
  }

  messageChanged(message: Message): void {
    const seen =
      message.ephemeralFor === undefined
        ? (this.channel(message.channel)?.members ?? [])
        : [message.ephemeralFor];
    this.changed(seen, { kind: 'messages', channel: message.channel });
  }

  stack(user: string): View[] {
    return this.stacks.get(user) ?? [];
  }

  setStack(user: string, views: View[]): void {
    this.stacks.set(user, views);
    this.changed([user], { kind: 'views' });
  }

  /** An open modal or a Home tab, by its id. */
  view(id: string): View | undefined {
    return [...[...this.stacks.values()].flat(), ...this.homes.values()].find((each) => each.id === id);
  }

  viewByExternalId(id: string): View | undefined {
    return [...[...this.stacks.values()].flat(), ...this.homes.values()].find(
      (each) => each.body['external_id'] === id,
    );
  }

  /** Lets the app open one modal, within the trigger's life. */
  newTrigger(
    user: string,
    from: { readonly channel?: string | undefined; readonly viewId?: string },
  ): Trigger {
    const trigger: Trigger = {
      id: randomTriggerId(),
      user,
      expires: this.now() + this.limits.triggerMs,
      used: false,
      ...(from.channel === undefined ? {} : { channel: from.channel }),
      ...(from.viewId === undefined ? {} : { viewId: from.viewId }),
    };
    forget(this.triggers, this.now() - FORGET_MS);
    this.triggers.set(trigger.id, trigger);
    return trigger;
  }

  /** Tells of every new message. */
  onPosted(listener: (message: Message) => void): void {
    this.#events.on('posted', listener);
  }

  on(listener: (user: string, change: ClientChange) => void): () => void {
    this.#events.on('changed', listener);
    return () => this.#events.off('changed', listener);
  }

  changed(users: readonly string[], change: ClientChange): void {
    for (const user of users) this.#events.emit('changed', user, change);
  }
}

/** Drops what expired before a time; maps are in the order of expiry. */
export function forget(map: Map<string, { readonly expires: number }>, before: number): void {
  for (const [key, { expires }] of map) {
    if (expires >= before) return;
    map.delete(key);
  }
}
