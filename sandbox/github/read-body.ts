import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.ts';

/** GitHub takes requests of up to 25 MB or so; blobs of 100 MB come as base64. */
const mostBytes = 140 * 1024 * 1024;

/** @throws Problem 413 when it is too large. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes: Buffer = chunk;
    size += bytes.length;
    if (size > mostBytes) throw new Problem(413, 'Payload too big');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** @returns undefined for an empty body. @throws Problem 400 when it is no JSON. */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Problem(400, 'Problems parsing JSON');
  }
}
