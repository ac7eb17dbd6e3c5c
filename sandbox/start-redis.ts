import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Redis {
  readonly url: string;
  stop(): Promise<void>;
}

interface RedisScript {
  startRedis(options: { dir: string; port?: number }): Promise<Redis>;
}

const SCRIPT = path.join(path.dirname(import.meta.dirname), 'scripts', 'redis.mjs');

/**
 * The Redis at REDIS_URL, or one of our own that ends with the sandbox.
 *
 * @param keep the folder that keeps the world; a Redis of our own keeps its data there too.
 */
export async function redisFor(keep: string | undefined): Promise<Redis> {
  const url = process.env['REDIS_URL'];
  if (url) return { url, stop: async () => undefined };
  const { startRedis }: RedisScript = await import(pathToFileURL(SCRIPT).href);
  if (keep) return startRedis({ dir: path.resolve(keep, 'redis') });
  const dir = await mkdtemp(path.join(tmpdir(), 'trunkline-redis-'));
  const redis = await startRedis({ dir });
  return {
    url: redis.url,
    stop: async () => {
      await redis.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
