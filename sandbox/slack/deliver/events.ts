import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '../client-types.ts';
import { APP, randomId, TEAM } from '../ids.ts';
import type { Workspace } from '../workspace.ts';
import type { Courier } from './courier.ts';
import type { Ack } from './transport.ts';

const SUBSCRIBED_BY_DEFAULT = ['app_home_opened', 'app_mention', 'message.im'];

/**
 * The Events API: what the app subscribed to, delivered until it is acknowledged, three more times at most.
 *
 * https://docs.slack.dev/apis/events-api
 */
export class Events {
  readonly #workspace: Workspace;
  readonly #courier: Courier;
  readonly #closed = new AbortController();

  constructor(workspace: Workspace, courier: Courier) {
    this.#workspace = workspace;
    this.#courier = courier;
  }

  /**
   * @param subscription what the app must have subscribed to: the event's type, for messages `message.im` or
   *   `message.channels`.
   */
  emit(subscription: string, event: JsonObject): void {
    const subscribed = this.#workspace.options.events ?? SUBSCRIBED_BY_DEFAULT;
    if (!subscribed.includes(subscription)) return;
    void this.#deliver(this.#envelope(event), `events_api:${String(event['type'])}`).catch(() => undefined);
  }

  close(): void {
    this.#closed.abort();
  }

  async #deliver(payload: JsonObject, name: string): Promise<void> {
    let ack = await this.#courier.deliver(name, { type: 'events_api', payload });
    for (const [index, wait] of this.#workspace.limits.eventRetryMs.entries()) {
      if (ack.kind === 'acked') return;
      await sleep(wait, undefined, { ref: false, signal: this.#closed.signal });
      ack = await this.#courier.deliver(name, {
        type: 'events_api',
        payload,
        retry: { attempt: index + 1, reason: reasonOf(ack) },
      });
    }
  }

  #envelope(event: JsonObject): JsonObject {
    return {
      token: 'sandbox-verification-token',
      team_id: TEAM.id,
      context_team_id: TEAM.id,
      context_enterprise_id: null,
      api_app_id: APP.id,
      event,
      type: 'event_callback',
      event_id: randomId('Ev0', 9),
      event_time: Math.floor(this.#workspace.now() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: TEAM.id,
          user_id: APP.userId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
      event_context: randomId('4-', 30),
    };
  }
}

function reasonOf(ack: Ack): string {
  if (ack.kind === 'timeout') return 'http_timeout';
  return ack.kind === 'failed' && ack.status === undefined ? 'connection_failed' : 'http_error';
}
