import { Redis } from 'ioredis';
import { freePort, startRedis } from '../../scripts/redis.mjs';

/** A real Redis on loopback that keeps nothing on disk, for one test. */
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

/** @param args further settings, such as `--maxmemory-policy allkeys-lru`. */
export async function startTestRedis(args: readonly string[] = []): Promise<TestRedis> {
  const port = await freePort();
  let running = await startRedis({ port, args });
  const client = new Redis(running.url, { maxRetriesPerRequest: null, retryStrategy: () => 100 });
  client.on('error', () => undefined);
  return {
    url: running.url,
    client,
    stop: () => running.stop(),
    async start() {
      running = await startRedis({ port, args });
    },
    async end() {
      client.disconnect();
      await running.stop();
    },
  };
}
