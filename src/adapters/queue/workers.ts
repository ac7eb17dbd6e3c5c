import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Job } from '../../../jobs/job.ts';
import { within } from '../../within.ts';
import { retryDelay } from './outcome.ts';
import { QUEUE_PREFIX } from './queues.ts';
import { type Runner, runJob } from './run-job.ts';

/** A worker that renews no lock for so long has lost its jobs to others, in milliseconds. */
const LOCK_MS = 15_000;

const bounds = {
  // BullMQ fails a job that stalls more often, whatever `attempts` says.
  maxStalledCount: 20,
  // How long a worker rests after Redis failed it; the default of 15 s is longer than we may take to come back.
  runRetryDelay: 1_000,
} as const;
const concurrency = { intents: 16, looks: 16, follows: 16 } as const satisfies Record<Job['queue'], number>;

export interface Workers {
  /** Takes no further jobs and waits until those under way are done, at most `ms` milliseconds. */
  close(ms: number): Promise<void>;
}

/**
 * Starts one worker per queue; `runner` holds the catalogue they run. A killed worker's job comes back after at most
 * `lockMs` and the time between two looks for stalled jobs, two thirds of it: 25 s by default.
 */
export function startWorkers(redis: Redis, runner: Runner, lockMs: number = LOCK_MS): Workers {
  const workers = (['intents', 'looks', 'follows'] as const).map((name) => {
    const worker = new Worker(name, (job, token) => runJob(runner, job, token), {
      ...bounds,
      lockDuration: lockMs,
      stalledInterval: Math.round((lockMs * 2) / 3),
      concurrency: concurrency[name],
      connection: redis,
      prefix: QUEUE_PREFIX,
      drainDelay: 2,
      settings: { backoffStrategy: (attemptsMade, _type, error) => retryDelay(attemptsMade, error) },
      skipVersionCheck: true,
    });
    let lastMessage = '';
    worker.on('error', (error) => {
      // Every try to reconnect fails alike; once is enough.
      if (error.message !== lastMessage)
        runner.log.warn({ err: error, queue: name }, 'a worker has trouble with Redis');
      lastMessage = error.message;
    });
    worker.on('ready', () => {
      lastMessage = '';
    });
    return worker;
  });
  return {
    async close(ms) {
      try {
        await within(ms, Promise.all(workers.map((worker) => worker.close())));
      } catch {
        runner.log.warn({}, 'jobs under way did not end in time; another replica takes them over');
        await Promise.allSettled(workers.map((worker) => worker.close(true)));
      }
    },
  };
}
