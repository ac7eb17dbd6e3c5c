import type { ClientMessage, ClientView } from '../../sandbox/slack/client-types.ts';
import type { World } from '../../sandbox/world.ts';
import { eventually } from './eventually.ts';
import { PersonInSlack, type Typed, wordsOf } from './person.ts';

const RELEASES = 'C0RELEASES';

/** What a person reads in blocks, run together. */
export function shownText(blocks: unknown): string {
  if (Array.isArray(blocks)) return blocks.map(shownText).join('');
  if (typeof blocks !== 'object' || blocks === null) return '';
  return Object.entries(blocks)
    .map(([key, value]) => (key === 'text' && typeof value === 'string' ? value : shownText(value)))
    .join('');
}

/** Somebody of the platform team, who releases by hand what a test tells of. */
export class ReleasingPerson extends PersonInSlack {
  constructor(world: World, id = 'U0PLATFM01') {
    super(world, id);
  }

  /** Opens the release form. */
  async releaseForm(ms?: number): Promise<ClientView> {
    await this.command('/trunkline', 'release');
    return this.form('Release', ms);
  }

  /** What stands in the form's place when there is none. */
  async releaseNotice(words: string): Promise<ClientView> {
    await this.command('/trunkline', 'release');
    return this.sees(words);
  }

  /** Waits until the visible view says this. */
  sees(words: string, ms = 25_000): Promise<ClientView> {
    return eventually(
      `${this.id} sees "${words}"`,
      () => {
        const view = this.views().at(-1);
        return view && shownText(view.blocks).includes(words) ? view : undefined;
      },
      ms,
    );
  }

  /** Releases what the form shows, with what is typed. */
  async release(typed: Typed = {}): Promise<void> {
    const form = await this.releaseForm();
    const answer = await this.submit(form, typed);
    if (answer.outcome !== 'ok') throw new Error(`the form was refused: ${JSON.stringify(answer)}`);
  }

  /** The announcements that bear this tag. */
  announcements(tag: string, channel = RELEASES): readonly ClientMessage[] {
    return this.messages(channel).filter((message) => message.isBot && wordsOf(message).includes(tag));
  }

  /** Waits for the announcement of a tag to say this. */
  announced(tag: string, words = '', ms = 25_000): Promise<ClientMessage> {
    return eventually(
      `the announcement of ${tag} says "${words}"`,
      () => this.announcements(tag).find((message) => wordsOf(message).includes(words)),
      ms,
    );
  }

  /** Waits to be told this directly. */
  toldDirectly(words: string, ms = 25_000): Promise<ClientMessage> {
    return eventually(
      `${this.id} is told "${words}"`,
      () => this.directMessages().find((message) => wordsOf(message).includes(words)),
      ms,
    );
  }
}
