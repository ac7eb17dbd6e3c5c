import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';

/** A real Redis on loopback that keeps nothing on disk, for one test file. */
export interface TestRedis {
  readonly url: string;
  /** A connection of the test's own. */
  readonly client: Redis;
  /** Takes Redis away: connections break and new ones are refused. What it held is lost. */
  stop(): Promise<void>;
  /** Brings an empty Redis back at the same address. */
  start(): Promise<void>;
  end(): Promise<void>;
}

export async function startTestRedis(options: readonly string[] = []): Promise<TestRedis> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const fixed = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    child = spawn('redis-server', [...fixed, ...options], { stdio: 'ignore' });
    await answersPing(url);
  }

  async function stop(): Promise<void> {
    if (child === undefined) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    child = undefined;
  }

  await start();
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 100 });
  client.on('error', () => undefined);
  return {
    url,
    client,
    start,
    stop,
    async end() {
      client.disconnect();
      await stop();
    },
  };
}

async function answersPing(url: string): Promise<void> {
  const probe = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  probe.on('error', () => undefined);
  await probe.ping();
  probe.disconnect();
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
