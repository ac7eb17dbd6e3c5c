import path from 'node:path';

import { startRedis } from '../scripts/redis.mjs';

export interface Redis {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * The Redis at REDIS_URL, or one of our own that ends with the sandbox.
 *
 * @param keep the folder that keeps the world; a Redis of our own keeps its data there too.
 */
export async function redisFor(keep: string | undefined): Promise<Redis> {
  const url = process.env['REDIS_URL'];
  if (url) return { url, stop: async () => undefined };
  return startRedis(keep === undefined ? {} : { dir: path.resolve(keep, 'redis') });
}
