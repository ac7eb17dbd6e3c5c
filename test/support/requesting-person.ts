import type { ClientView } from '../../sandbox/slack/client-types.ts';
import { eventually } from './eventually.ts';
import { PersonInSlack, REQUESTS, type Typed, wordsOf } from './person.ts';

/** Somebody who does something about a request that stands. */
export class RequestingPerson extends PersonInSlack {
  /** Presses a button under a request's message. */
  async press(name: string, action: string): Promise<void> {
    const message = await this.told(name, action);
    const block = message.blocks.find((each) => JSON.stringify(each).includes(`"${action}"`));
    const outcome = await this.client.action({
      as: this.id,
      container: { kind: 'message', channel: REQUESTS, ts: message.ts },
      block_id: String(block?.['block_id']),
      action_id: action,
    });
    if (outcome.outcome !== 'ok') throw new Error(`the button was refused: ${JSON.stringify(outcome)}`);
  }

  /** Opens the form that changes a request. */
  async changeForm(name: string, number: number): Promise<ClientView> {
    await this.press(name, 'request_change');
    return this.form(`Change request ${number}`);
  }

  /** Fills in the form that changes a request, and sends it and its preview. */
  async change(name: string, number: number, typed: Typed): Promise<void> {
    const form = await this.changeForm(name, number);
    const answer = await this.submit(form, typed);
    if (answer.outcome !== 'ok') throw new Error(`the form was refused: ${JSON.stringify(answer)}`);
    const preview = await eventually('a preview', () => {
      const view = this.views().at(-1);
      return view?.submit === 'Change request' ? view : undefined;
    });
    await this.submit(preview);
    await this.closeAll();
  }

  /** Waits for the visible view to say this. */
  sees(words: string, ms = 15_000): Promise<ClientView> {
    return eventually(
      `${this.id} sees "${words}"`,
      () => this.views().findLast(({ blocks }) => JSON.stringify(blocks).includes(words)),
      ms,
    );
  }

  /** Waits for the thread of a request to say this. */
  async threadSays(name: string, words: string, ms = 15_000): Promise<void> {
    await eventually(
      `the thread of ${name} says "${words}"`,
      () =>
        this.requestMessages(name).some(({ replies }) =>
          replies.some((each) => wordsOf(each).includes(words)),
        ),
      ms,
    );
  }

  /** Waits for a direct message that says this. */
  async isTold(words: string): Promise<void> {
    await eventually(`${this.id} is told "${words}"`, () =>
      this.directMessages().some((message) => wordsOf(message).includes(words)),
    );
  }
}
