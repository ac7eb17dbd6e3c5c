import { Faults } from '../../../sandbox/faults.ts';
import { createClient } from '../../../sandbox/slack/client/client.ts';
import type { Json, SlackClient } from '../../../sandbox/slack/client-types.ts';
import type { Courier } from '../../../sandbox/slack/deliver/courier.ts';
import type { Events } from '../../../sandbox/slack/deliver/events.ts';
import type { Ack, Parcel } from '../../../sandbox/slack/deliver/transport.ts';
import { METHODS } from '../../../sandbox/slack/web/methods.ts';
import { Rates } from '../../../sandbox/slack/web/rates.ts';
import { Refusal } from '../../../sandbox/slack/web/reply.ts';
import { Workspace } from '../../../sandbox/slack/workspace.ts';
import { botScopes } from '../../../src/compose/start-checks.ts';

/** The sandbox's Slack without HTTP and without sockets. */
export interface MemorySlack {
  readonly workspace: Workspace;
  /** What people see and do. */
  readonly client: SlackClient;
  /** Answers a method of the Web API. */
  call(method: string, args: object): SlackAnswer;
}

export type SlackAnswer =
  | { readonly kind: 'ok'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'limited'; readonly seconds: number };

/** @param deliver takes what people do to the bot; resolves with what it answered in time. */
export function createSlackWorld(
  now: () => number,
  deliver: (name: string, parcel: Parcel) => Promise<Ack>,
): MemorySlack {
  const scopes = Object.keys(botScopes);
  const workspace = new Workspace({
    faults: new Faults(),
    publicUrl: () => 'http://slack.test',
    mode: { kind: 'socket' },
    commands: ['/onboard-tenant', '/trunkline'],
    scopes,
    now,
  });
  const client = createClient({
    workspace,
    courier: { deliver } as unknown as Courier,
    events: { emit: () => undefined } as unknown as Events,
  });
  const rates = new Rates(workspace.limits, now);
  const methods = new Map(METHODS.map((method) => [method.name, method]));
  return {
    workspace,
    client,
    call(name, given) {
      const method = methods.get(name);
      if (method === undefined) throw new Error(`Slack has no method ${name} here`);
      const args = JSON.parse(JSON.stringify(given)) as { readonly channel?: string };
      try {
        rates.take(name, method.tier);
        if (name === 'chat.postMessage') rates.takePost(args.channel ?? '');
        const fields: Readonly<Record<string, Json>> = method.run({
          workspace,
          args,
          scopes: new Set(scopes),
        });
        return {
          kind: 'ok',
          body: JSON.parse(
            JSON.stringify({
              ok: true,
              ...fields,
              response_metadata: { ...(fields['response_metadata'] as object), scopes },
            }),
          ),
        };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (error.retryAfter !== undefined) return { kind: 'limited', seconds: error.retryAfter };
        return { kind: 'refused', code: error.code };
      }
    },
  };
}
