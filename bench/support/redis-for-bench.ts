import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startRedis } from '../../scripts/redis.mjs';
import { endsWithUs, hasEnded } from './end-together.ts';

export interface BenchRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/** A Redis for one measurement that writes an append-only file, as the one in production does. */
export async function redisForBench(): Promise<BenchRedis> {
  const dir = await mkdtemp(path.join(tmpdir(), 'trunkline-bench-'));
  const redis = await startRedis({ dir }).catch(async (error: unknown) => {
    await rm(dir, { recursive: true, force: true });
    throw error;
  });
  endsWithUs(redis.pid);
  return {
    url: redis.url,
    async stop() {
      await redis.stop();
      hasEnded(redis.pid);
      await rm(dir, { recursive: true, force: true });
    },
  };
}
