import type { Actor } from '../../../sandbox/github/actor.ts';
import type { ClientOutcome, ClientView, InputValue } from '../../../sandbox/slack/client-types.ts';
import { callGitHub, type GitHubReply } from './call-github.ts';
import { NAME, OWNER } from './github-world.ts';
import type { World } from './world.ts';

export const PAT = 'U0PLATFM01';
export const ANA = 'U0APPRVR01';
export const BEN = 'U0APPRVR02';
export const OLLI = 'U0ONCALL01';
export const TESS = 'U0TENANT01';
export const GUS = 'U0GUEST001';
export const NAMES: Readonly<Record<string, string>> = {
  [PAT]: 'Pat',
  [ANA]: 'Ana',
  [BEN]: 'Ben',
  [OLLI]: 'Olli',
  [TESS]: 'Tess',
  [GUS]: 'Gus',
};
export const CHANGES = 'C0CHANGES1';

/** What people do by hand, in Slack and on GitHub. */
export class People {
  readonly #world: World;
  /** `<person> <what>`: what was really done, for whoever looks for forgeries. */
  readonly done = new Set<string>();
  commands = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Sends a command; somebody whose command Slack could not deliver sends it again. */
  async command(who: string, command: string, text: string): Promise<ClientOutcome> {
    for (let tries = 0; ; tries += 1) {
      this.#world.story.tell(`${NAMES[who]} sends ${command} ${text}`);
      this.done.add(`${who} ${text.split(' ').slice(0, 2).join(' ')}`);
      this.commands += 1;
      const outcome = await this.#world.slack.client.command({
        as: who,
        channel: 'C0GENERAL1',
        command,
        text,
      });
      if (outcome.outcome === 'ok' || tries === 2) return outcome;
      await this.#world.scheduler.sleep(2_000);
    }
  }

  /** Presses a button of a change's message; somebody whom Slack tells of trouble presses it again. */
  async press(who: string, change: number, action: string): Promise<ClientOutcome | undefined> {
    for (let tries = 0; tries < 3; tries += 1) {
      const message = this.message(change, action);
      const block = message?.blocks.find((each) => JSON.stringify(each).includes(`"${action}"`));
      if (message === undefined || block === undefined) return undefined;
      this.#world.story.tell(`${NAMES[who]} presses ${action} of change ${change}`);
      this.done.add(`${who} ${action} ${change}`);
      for (const { after } of this.#world.github.state.activities) this.done.add(`${who} saw ${after}`);
      const outcome = await this.#world.slack.client.action({
        as: who,
        container: { kind: 'message', channel: CHANGES, ts: message.ts },
        block_id: String(block['block_id']),
        action_id: action,
      });
      if (outcome.outcome === 'ok') return outcome;
      await this.#world.scheduler.sleep(1_500);
    }
    return undefined;
  }

  /** Fills in the one field of the form on top and sends it. */
  async submit(who: string, value: string): Promise<void> {
    const view = this.#world.slack.workspace.stack(who).at(-1);
    if (view === undefined || view.body['submit'] === undefined) return;
    const block = view.blocks.find((each) => each['type'] === 'input');
    const element = block?.['element'] as { readonly action_id?: string } | undefined;
    if (element?.action_id === undefined) return;
    this.#world.story.tell(`${NAMES[who]} sends the form`);
    await this.#world.slack.client.submit({
      as: who,
      view_id: view.id,
      values: { [String(block?.['block_id'])]: { [element.action_id]: value } },
    });
  }

  /** Waits for a form of this title that can be sent. */
  async form(who: string, title: string, ms: number) {
    const { client } = this.#world.slack;
    for (const end = this.#world.scheduler.now + ms; this.#world.scheduler.now < end; ) {
      const view = client.views(who).at(-1);
      if (view?.title === title && view.submit !== undefined) return view;
      await this.#world.scheduler.sleep(300);
    }
    return undefined;
  }

  /** Types into the form on top, by its fields' names, and sends it. */
  async fill(
    who: string,
    view: ClientView,
    typed: Readonly<Record<string, InputValue>>,
  ): Promise<ClientOutcome> {
    const values = Object.entries(typed).flatMap(([field, value]) => {
      const block = view.blocks.find((each) => each['block_id'] === field);
      const { action_id: action } = (block?.['element'] ?? {}) as { readonly action_id?: string };
      return action === undefined ? [] : [[field, { [action]: value }] as const];
    });
    this.#world.story.tell(`${NAMES[who]} sends "${view.title}"`);
    return this.#world.slack.client.submit({ as: who, view_id: view.id, values: Object.fromEntries(values) });
  }

  /** Closes whatever is open. */
  async close(who: string): Promise<void> {
    const top = this.#world.slack.workspace.stack(who).at(-1);
    if (top !== undefined) await this.#world.slack.client.close({ as: who, view_id: top.id, all: true });
  }

  /** The message of a change that has this button, if it stands. */
  message(change: number, action = '') {
    return this.#world.slack.workspace.messages.find(
      ({ channel, blocks, threadTs, isBot }) =>
        isBot &&
        channel === CHANGES &&
        threadTs === undefined &&
        JSON.stringify(blocks).includes(`Change ${change}:`) &&
        JSON.stringify(blocks).includes(action),
    );
  }

  /** What a person does on GitHub, in the repository. */
  async onGitHub(login: string, method: string, path: string, body?: object): Promise<GitHubReply> {
    const actor: Actor = { kind: 'user', login };
    const reply = await callGitHub(this.#world.github, actor, {
      method,
      url: `/repos/${OWNER}/${NAME}${path}`,
      ...(body === undefined ? {} : { body }),
    });
    this.#world.story.tell(`${login}: ${method} ${path.split('?')[0]} ${reply.status}`);
    return reply;
  }

  /** Commits one file to a branch by hand. */
  async write(login: string, branch: string, path: string, change: (text: string) => string): Promise<void> {
    const known = await this.onGitHub(login, 'GET', `/contents/${path}?ref=${encodeURIComponent(branch)}`);
    if (known.status !== 200) return;
    const { sha, content } = known.data as { readonly sha: string; readonly content: string };
    const text = change(Buffer.from(content, 'base64').toString());
    await this.onGitHub(login, 'PUT', `/contents/${path}`, {
      message: `Touch ${path.split('/').at(-1)}`,
      branch,
      sha,
      content: Buffer.from(text).toString('base64'),
    });
  }
}
