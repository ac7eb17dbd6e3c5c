import type { IncomingMessage } from 'node:http';

export type BodyResult =
  | { readonly kind: 'body'; readonly bytes: Buffer }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'broken' };

/** Reads a request's raw body, as signatures are made over it; stops reading as soon as it is too long. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<BodyResult> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.resolve({ kind: 'too-long' });
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length > maxBytes) {
        request.pause();
        request.removeAllListeners('data');
        resolve({ kind: 'too-long' });
      } else {
        parts.push(part);
      }
    });
    request.on('end', () => resolve({ kind: 'body', bytes: Buffer.concat(parts) }));
    request.on('error', () => resolve({ kind: 'broken' }));
    request.on('aborted', () => resolve({ kind: 'broken' }));
  });
}
