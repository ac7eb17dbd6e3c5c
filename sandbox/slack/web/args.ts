import type { IncomingMessage } from 'node:http';
import type { Json, JsonObject } from '../client-types.ts';
import { Refusal, refusalWithMessages } from './reply.ts';

/** Longest body taken, in bytes. */
const LONGEST = 4 * 1024 * 1024;

export type Args = { readonly [name: string]: unknown };

/** The whole body of a request, as text. Throws when it is longer than 4 MiB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > LONGEST) throw new Refusal('request_too_large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Arguments of a call: of the query, and of a form or JSON body. https://docs.slack.dev/apis/web-api */
export async function readArgs(request: IncomingMessage): Promise<Args> {
  const query = new URL(request.url ?? '/', 'http://sandbox').searchParams;
  const body = await readBody(request);
  return { ...Object.fromEntries(query), ...parseArgs(body, request.headers['content-type'] ?? '') };
}

function parseArgs(body: string, contentType: string): Args {
  if (body === '') return {};
  if (contentType.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(body));
  if (contentType.startsWith('multipart/form-data')) throw new Refusal('invalid_form_data');
  if (!contentType.startsWith('application/json'))
    throw new Refusal(contentType === '' ? 'missing_post_type' : 'invalid_post_type');
  const parsed = parseJson(body);
  if (!isObject(parsed)) throw new Refusal('invalid_json');
  return parsed;
}

/** Undefined for text that is no JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text argument; undefined when absent or empty. */
export function text(args: Args, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** A text argument that must be there. */
export function required(args: Args, name: string): string {
  const value = text(args, name);
  if (value === undefined)
    throw refusalWithMessages('invalid_arguments', [`missing required field: ${name}`]);
  return value;
}

export function flag(args: Args, name: string): boolean {
  return [true, 1, '1', 'true'].some((yes) => args[name] === yes);
}

/** A JSON argument: forms carry it as text, JSON bodies as it is. Undefined when absent; `bad` when it is no JSON. */
export function json(args: Args, name: string, bad: string): Json | undefined {
  const value = args[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') return value as Json;
  const parsed = parseJson(value);
  if (parsed === undefined) throw new Refusal(bad);
  return parsed;
}
