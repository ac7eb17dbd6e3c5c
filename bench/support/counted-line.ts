import { connect, createServer, type Socket } from 'node:net';
import { freePort } from '../../scripts/redis.mjs';

/** Counts what goes over it. */
export interface CountedLine {
  readonly url: string;
  /** HTTP requests without a body, which all reading ones are. */
  readonly requests: number;
  /** Bytes that came back, headers included. */
  readonly bytes: number;
  /** Counts from nothing again. */
  forget(): void;
  close(): Promise<void>;
}

const REQUEST = /^(?:GET|PATCH) \S+ HTTP\/1\.1\r$/gm;

/** A line to a server on this machine that counts and changes nothing. */
export async function countedLine(to: string): Promise<CountedLine> {
  const { hostname, port: target } = new URL(to);
  let [requests, bytes] = [0, 0];
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target), hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => near.destroy());
      socket.on('close', () => open.delete(socket));
    }
    near.on('data', (piece) => {
      requests += piece.toString('latin1').match(REQUEST)?.length ?? 0;
    });
    far.on('data', (piece) => {
      bytes += piece.length;
    });
    near.pipe(far).pipe(near);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    get requests() {
      return requests;
    },
    get bytes() {
      return bytes;
    },
    forget() {
      [requests, bytes] = [0, 0];
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
