import type { Json, JsonObject } from '../client-types.ts';

/** What a method of the Web API answers besides `ok`. */
export type Fields = { readonly [key: string]: Json };

/** A refusal in Slack's own words; the caller of the API reads `error`, and `messages` say where and why. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly fields: Fields;
  readonly retryAfter?: number;

  constructor(code: string, fields: Fields = {}, retryAfter?: number) {
    super(code);
    this.code = code;
    this.fields = fields;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
  }
}

/** `invalid_blocks`, `invalid_arguments` and their like, with the places at fault as Slack lists them. */
export function refusalWithMessages(code: string, messages: readonly string[]): Refusal {
  const metadata: JsonObject = { messages: messages.map((text) => `[ERROR] ${text}`) };
  const errors: Fields = code === 'invalid_blocks' ? { errors: messages } : {};
  return new Refusal(code, { ...errors, response_metadata: metadata });
}
