import type { ClientMessage, ClientView } from '../../sandbox/slack/client-types.ts';
import { REQUESTS } from './person.ts';
import { ReleasingPerson } from './release-person.ts';

/** Somebody who looks after a tenant that stands. */
export class TenantPerson extends ReleasingPerson {
  /** Opens what a tenant has. */
  async tenant(name: string): Promise<ClientView> {
    await this.command('/trunkline', `tenant ${name}`);
    return this.sees('pull request');
  }

  /** Presses a button of the visible view. */
  async pressInView(action: string): Promise<void> {
    const view = this.views().at(-1);
    if (view === undefined) throw new Error('no view is open');
    await this.#press({ kind: 'view', view_id: view.id }, view.blocks, action);
  }

  /** Presses a button below a request's message. */
  async pressBelow(message: ClientMessage, action: string): Promise<void> {
    await this.#press({ kind: 'message', channel: REQUESTS, ts: message.ts }, message.blocks, action);
  }

  async #press(
    container: Parameters<ReleasingPerson['client']['action']>[0]['container'],
    blocks: readonly object[],
    action: string,
  ): Promise<void> {
    const block = blocks.find((each) => JSON.stringify(each).includes(`"${action}"`));
    const block_id = String(block && 'block_id' in block ? block.block_id : undefined);
    const outcome = await this.client.action({ as: this.id, container, block_id, action_id: action });
    if (outcome.outcome !== 'ok') throw new Error(`the button was refused: ${JSON.stringify(outcome)}`);
  }
}
