import type { ClientMessage } from '../../sandbox/slack/client-types.ts';
import type { ChangePerson } from './change-person.ts';
import { eventually } from './eventually.ts';
import { wordsOf } from './person.ts';
import { shownText } from './release-person.ts';

export const ROLLOUTS = 'C0ROLLOUTS';

/** The messages of rollouts, as somebody in their channel reads them. */
export class Rollouts {
  readonly #reader: ChangePerson;

  constructor(reader: ChangePerson) {
    this.#reader = reader;
  }

  get all(): readonly ClientMessage[] {
    return this.#reader.messages(ROLLOUTS).filter(({ isBot }) => isBot);
  }

  /** Waits for the one message of a change's rollout to say this. */
  async says(change: number, words: string, ms = 30_000): Promise<string> {
    const texts = () => this.#of(change).map(wordsOf);
    const says = () => texts().find((text) => text.includes(words));
    return eventually(`the rollout of change ${change} says "${words}"`, says, ms).catch((cause: unknown) => {
      throw new Error(`it says: ${texts().join('; ') || 'nothing'}`, { cause });
    });
  }

  /** What its thread says, run together. */
  thread(change: number): string {
    return this.#of(change)
      .flatMap(({ replies }) => replies)
      .map(({ blocks, text }) => `${text} ${shownText(blocks)}`)
      .join('\n');
  }

  /** The same as Slack holds it, with all mentions. */
  rawThread(change: number): string {
    return JSON.stringify(this.#of(change).flatMap(({ replies }) => replies.map(({ blocks }) => blocks)));
  }

  /** Presses a button under the message of a change's rollout, and waits for the answer in the form that opens. */
  async press(change: number, action: string, answer: string): Promise<string> {
    const message = await eventually(`the rollout of change ${change} has ${action}`, () =>
      this.#of(change).find(({ blocks }) => JSON.stringify(blocks).includes(`"${action}"`)),
    );
    const block = message.blocks.find((each) => JSON.stringify(each).includes(`"${action}"`));
    const outcome = await this.#reader.client.action({
      as: this.#reader.id,
      container: { kind: 'message', channel: ROLLOUTS, ts: message.ts },
      block_id: String(block?.['block_id']),
      action_id: action,
    });
    if (outcome.outcome !== 'ok') throw new Error(`the button was refused: ${JSON.stringify(outcome)}`);
    await this.#reader.sees(answer);
    const shown = JSON.stringify(this.#reader.views().at(-1)?.blocks);
    await this.#reader.closeAll();
    return shown;
  }

  #of(change: number): readonly ClientMessage[] {
    return this.all.filter((message) => wordsOf(message).includes(`change ${change}`));
  }
}
