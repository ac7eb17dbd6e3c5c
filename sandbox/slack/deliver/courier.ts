import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryEffect } from '../../faults.ts';
import type { Workspace } from '../workspace.ts';
import type { Ack, Parcel, Transport } from './transport.ts';

/** Takes parcels to the app, under the faults that strike them, and waits for the acknowledgement. */
export class Courier {
  readonly #workspace: Workspace;
  readonly #transport: Transport;

  constructor(workspace: Workspace, transport: Transport) {
    this.#workspace = workspace;
    this.#transport = transport;
  }

  /**
   * Delivers once, or as often as a fault says; the first acknowledgement counts.
   *
   * @param name what faults are asked for: `slash_commands`, `block_actions`, `events_api:app_mention`.
   */
  async deliver(name: string, parcel: Parcel): Promise<Ack> {
    const effect = this.#workspace.options.faults.strikeDelivery('slack', name);
    const over = new AbortController();
    const late = sleep(this.#workspace.limits.ackMs, { kind: 'timeout' } as const, {
      signal: over.signal,
      ref: false,
    });
    try {
      return await Promise.race([late, this.#attempt(parcel, effect)]);
    } finally {
      late.catch(() => undefined);
      over.abort();
    }
  }

  async #attempt(parcel: Parcel, effect: DeliveryEffect | undefined): Promise<Ack> {
    if (effect?.kind === 'drop') return new Promise(() => undefined);
    if (effect?.kind === 'delay') await sleep(effect.ms, undefined, { ref: false });
    const times = effect?.kind === 'repeat' ? effect.times : 1;
    return Promise.race(Array.from({ length: times }, () => this.#transport.send(parcel)));
  }
}
