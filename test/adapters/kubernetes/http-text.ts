import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** Answers with JSON. */
export function say(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** Answers with JSON, compressed if that is asked for, or with half of it. */
export function sayPacked(
  request: Pick<IncomingMessage, 'headers'>,
  response: ServerResponse,
  body: object,
  torn: 'torn' | 'short' | undefined,
): void {
  const isPacked = request.headers['accept-encoding'] === 'gzip';
  const text = Buffer.from(JSON.stringify(body));
  const whole = isPacked ? gzipSync(text) : text;
  const encoding = isPacked ? { 'content-encoding': 'gzip' } : {};
  response.writeHead(200, { 'content-type': 'application/json', ...encoding });
  if (torn === undefined) response.end(whole);
  else {
    const half = whole.subarray(0, whole.length / 2);
    if (torn === 'short') response.end(half);
    else response.write(half, () => response.destroy());
  }
}

/** A request's whole body. */
export async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
