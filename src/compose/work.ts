import type { Redis } from 'ioredis';
import { catalogue } from '../../jobs/index.ts';
import { keepSweeping } from '../adapters/queue/sweep.ts';
import { startWorkers } from '../adapters/queue/workers.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Outside } from './outside.ts';

export interface Work {
  /** Takes no further jobs; resolves when those under way are done, or after `ms` milliseconds. */
  stop(ms: number): Promise<void>;
}

export interface WorkParts {
  readonly outside: Pick<Outside, 'queues' | 'enqueuer' | 'jobDeps'>;
  readonly redis: Redis;
  readonly workersRedis: Redis;
  readonly lockMs: number;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** Starts the workers and the sweep. */
export function startWork({ outside, redis, workersRedis, lockMs, metrics, log }: WorkParts): Work {
  const ending = new AbortController();
  const workers = startWorkers(
    workersRedis,
    {
      catalogue: new Map(catalogue(outside.jobDeps).map((job) => [job.name, job])),
      enqueuer: outside.enqueuer,
      signal: ending.signal,
      log,
      count: metrics.countJob,
    },
    lockMs,
  );
  const sweep = keepSweeping(outside.queues, redis, log);
  return {
    async stop(ms) {
      sweep.stop();
      ending.abort();
      await workers.close(ms);
    },
  };
}
