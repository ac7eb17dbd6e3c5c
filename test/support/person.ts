import type {
  ClientMessage,
  ClientOutcome,
  ClientView,
  InputValue,
} from '../../sandbox/slack/client-types.ts';
import type { World } from '../../sandbox/world.ts';
import { eventually } from './eventually.ts';

/** What is typed into the form, by field; what is left out stays as the form proposes it. */
export type Typed = Readonly<Record<string, InputValue>>;

export const REQUESTS = 'C0REQUESTS';

/** A person of the sandbox's Slack, doing by hand what a test tells of. */
export class PersonInSlack {
  readonly id: string;
  readonly #world: World;

  constructor(world: World, id: string) {
    this.#world = world;
    this.id = id;
  }

  /** Sends a command; resolves with what Slack shows at once. */
  command(command: string, text = '', channel = 'C0GENERAL1'): Promise<ClientOutcome> {
    return this.client.command({ as: this.id, channel, command, text });
  }

  /** The visible form, as soon as it has this title. */
  form(title: string, ms = 10_000): Promise<ClientView> {
    return eventually(`${this.id} sees "${title}"`, () => this.#top(title), ms);
  }

  /** The visible form when it has this title and can be sent: a note that asks to wait cannot. */
  #top(title: string): ClientView | undefined {
    const view = this.views().at(-1);
    return view?.title === title && view.submit !== undefined ? view : undefined;
  }

  views(): readonly ClientView[] {
    return this.client.views(this.id);
  }

  /** Types into the visible form and sends it. */
  submit(view: ClientView, typed: Typed = {}): Promise<ClientOutcome> {
    return this.client.submit({ as: this.id, view_id: view.id, values: valuesOf(view, typed) });
  }

  /** Opens the onboarding form and fills it in, up to the preview. */
  async preview(name: string, typed: Typed = {}): Promise<ClientView> {
    await this.command('/onboard-tenant', name);
    const form = await this.form('Onboard a tenant');
    const answer = await this.submit(form, { ...COMPLETE, ...typed });
    if (answer.outcome !== 'ok') throw new Error(`the form was refused: ${JSON.stringify(answer)}`);
    return this.form('Preview');
  }

  /** Asks for a tenant from the command to the sent preview. */
  async onboard(name: string, typed: Typed = {}): Promise<ClientOutcome> {
    const answer = await this.submit(await this.preview(name, typed));
    await this.closeAll();
    return answer;
  }

  /** Closes the visible form alone. */
  async close(viewId: string): Promise<void> {
    await this.client.close({ as: this.id, view_id: viewId });
  }

  /** Closes whatever forms are open. */
  async closeAll(): Promise<void> {
    const top = this.views().at(-1);
    if (top) await this.client.close({ as: this.id, view_id: top.id, all: true });
  }

  /** Waits until the bot knows the platform repository, so that forms open at once. */
  async warm(): Promise<void> {
    await eventually(
      'the form opens at once',
      async () => {
        await this.command('/onboard-tenant');
        const view = await eventually('a form', () => this.views().at(-1));
        await this.closeAll();
        return view.submit === 'Preview';
      },
      60_000,
    );
  }

  /** Ids of the channels that this person is in. */
  channels(): readonly string[] {
    return this.client
      .channels(this.id)
      .filter(({ isMember }) => isMember)
      .map(({ id }) => id);
  }

  messages(channel: string): readonly ClientMessage[] {
    return this.client.messages(this.id, channel);
  }

  /** The direct messages that the bot has sent to this person, oldest first. */
  directMessages(): readonly ClientMessage[] {
    return this.client.dms(this.id).flatMap(({ id }) => this.messages(id).filter((message) => message.isBot));
  }

  /** The bot's messages in the requests channel that are about this tenant. */
  requestMessages(name: string): readonly ClientMessage[] {
    return this.messages(REQUESTS).filter((message) => message.isBot && wordsOf(message).includes(name));
  }

  /** Waits for the request's message to say this. */
  told(name: string, words: string, ms = 15_000): Promise<ClientMessage> {
    return eventually(
      `the message of ${name} says "${words}"`,
      () => this.requestMessages(name).find((message) => wordsOf(message).includes(words)),
      ms,
    );
  }

  get client() {
    return this.#world.slack.client;
  }
}

const COMPLETE: Typed = {
  clouds: ['aws'],
  owner: 'Team Shop',
  contact: '#team-shop',
  purpose: 'Sells things.',
};

/** All words that a message shows. */
export function wordsOf(message: Pick<ClientMessage, 'text' | 'blocks'>): string {
  return `${message.text} ${JSON.stringify(message.blocks)}`;
}

function valuesOf(view: ClientView, typed: Typed): Record<string, Record<string, InputValue>> {
  const actions = new Map(
    view.blocks.flatMap((block) => {
      const element = block['element'];
      const isInput = typeof element === 'object' && element !== null && 'action_id' in element;
      return isInput ? [[String(block['block_id']), String(element['action_id'])] as const] : [];
    }),
  );
  return Object.fromEntries(
    Object.entries(typed).map(([field, value]) => {
      const action = actions.get(field);
      if (action === undefined) throw new Error(`the form has no field ${field}`);
      return [field, { [action]: value }];
    }),
  );
}
