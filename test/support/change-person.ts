import type { ClientMessage, ClientOutcome } from '../../sandbox/slack/client-types.ts';
import { eventually } from './eventually.ts';
import { wordsOf } from './person.ts';
import { ReleasingPerson, shownText } from './release-person.ts';

export const CHANGES = 'C0CHANGES1';

/** Somebody who asks for changes of production, or decides about them. */
export class ChangePerson extends ReleasingPerson {
  /** Waits for the message of a change to say this. */
  change(number: number, words = '', ms = 25_000): Promise<ClientMessage> {
    return eventually(
      `the message of change ${number} says "${words}"`,
      () =>
        this.messages(CHANGES).find(
          (message) =>
            message.isBot &&
            JSON.stringify(message.blocks).includes(`Change ${number}:`) &&
            wordsOf(message).includes(words),
        ),
      ms,
    );
  }

  /** Presses a button under a change's message. */
  async press(number: number, action: string): Promise<ClientOutcome> {
    const message = await this.change(number, action);
    const block = message.blocks.find((each) => JSON.stringify(each).includes(`"${action}"`));
    return this.client.action({
      as: this.id,
      container: { kind: 'message', channel: CHANGES, ts: message.ts },
      block_id: String(block?.['block_id']),
      action_id: action,
    });
  }

  /** Presses a button and waits for the answer in the form that opens. */
  async decides(number: number, action: string, answer: string): Promise<void> {
    const outcome = await this.press(number, action);
    if (outcome.outcome !== 'ok') throw new Error(`the button was refused: ${JSON.stringify(outcome)}`);
    await this.sees(answer);
    await this.closeAll();
  }

  /** Sends `/trunkline …` and waits for the answer in the form that opens. */
  async asks(text: string, answer: string): Promise<void> {
    await this.command('/trunkline', text);
    await this.sees(answer);
    await this.closeAll();
  }

  /** What the thread of a change says, run together. */
  async thread(number: number): Promise<string> {
    const { replies } = await this.change(number);
    return replies.map(({ blocks, text }) => `${text} ${shownText(blocks)}`).join('\n');
  }
}
