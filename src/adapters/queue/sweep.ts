import type { Redis } from 'ioredis';
import type { Log } from '../../../jobs/ports.ts';
import { QUEUE_PREFIX, type Queues } from './queues.ts';

const SWEEP_EVERY_MS = 20_000;
const KEEP_EVERY_MS = 10_000;
const SENTINEL = `${QUEUE_PREFIX}:sentinel`;

/** A sweep that fails is not repeated: the next one is never more than 20 s away. */
const once = {
  attempts: 1,
  removeOnComplete: { age: 3_600, count: 50 },
  removeOnFail: { age: 3_600, count: 50 },
};

export interface SweepKeeper {
  stop(): void;
}

/**
 * Keeps the sweep going for all replicas: a flushed Redis has lost the schedule as well, so every replica puts it
 * back every 10 s, and a missing sentinel key means that data was lost and a sweep is due at once.
 */
export function keepSweeping(queues: Queues, redis: Redis, log: Log): SweepKeeper {
  let busy = false;
  // What happened while nobody ran is not left until the schedule comes round.
  let isDue = true;
  async function keep(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      await putSchedule(queues);
      if (await sentinelWasMissing(redis)) {
        log.info({}, 'Redis holds no memory of earlier work; sweeping at once');
        isDue = true;
      }
      if (isDue) await sweepNow(queues);
      isDue = false;
    } catch (error) {
      log.warn({ err: error }, 'failed to keep the sweep going');
    } finally {
      busy = false;
    }
  }
  void keep();
  const timer = setInterval(() => void keep(), KEEP_EVERY_MS);
  redis.on('ready', keep);
  return {
    stop() {
      clearInterval(timer);
      redis.off('ready', keep);
    },
  };
}

async function putSchedule(queues: Queues): Promise<void> {
  await queues.looks.upsertJobScheduler(
    'sweep',
    { every: SWEEP_EVERY_MS },
    { name: 'sweep', data: { v: 1 }, opts: once },
  );
}

async function sentinelWasMissing(redis: Redis): Promise<boolean> {
  return (await redis.set(SENTINEL, '1', 'NX')) === 'OK';
}

async function sweepNow(queues: Queues): Promise<void> {
  await queues.looks.add(
    'sweep',
    { v: 1 },
    { ...once, deduplication: { id: 'sweep/now', keepLastIfActive: true } },
  );
}
