import { createHmac } from 'node:crypto';
import type { JsonObject } from '../client-types.ts';
import { parseJson } from '../web/args.ts';
import type { Workspace } from '../workspace.ts';
import type { Ack, Parcel, Transport } from './transport.ts';

/**
 * Signed requests to the app's address. https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export class HttpRequests implements Transport {
  readonly #workspace: Workspace;
  readonly #url: string;
  readonly #secret: string;

  constructor(workspace: Workspace, url: string, signingSecret: string) {
    this.#workspace = workspace;
    this.#url = url;
    this.#secret = signingSecret;
  }

  async send(parcel: Parcel): Promise<Ack> {
    const { body, type } = encoded(parcel);
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        body,
        headers: this.#headers(body, type, parcel),
        redirect: 'manual',
      });
      const text = await response.text();
      if (response.status !== 200) return { kind: 'failed', status: response.status };
      return { kind: 'acked', body: text === '' ? undefined : (parseJson(text) ?? text) };
    } catch {
      return { kind: 'failed' };
    }
  }

  #headers(body: string, type: string, { retry }: Parcel): Record<string, string> {
    const timestamp = String(Math.floor(this.#workspace.now() / 1000));
    const signature = createHmac('sha256', this.#secret).update(`v0:${timestamp}:${body}`).digest('hex');
    return {
      'content-type': type,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      accept: '*/*',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
      ...(retry ? { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason } : {}),
    };
  }
}

function encoded({ type, payload }: Parcel): { readonly body: string; readonly type: string } {
  if (type === 'events_api') return { body: JSON.stringify(payload), type: 'application/json' };
  const fields = type === 'slash_commands' ? formFields(payload) : { payload: JSON.stringify(payload) };
  return { body: new URLSearchParams(fields).toString(), type: 'application/x-www-form-urlencoded' };
}

function formFields(payload: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));
}
