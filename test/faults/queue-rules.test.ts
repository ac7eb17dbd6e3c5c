import { z } from 'zod';
import { type Job, type JobContext, job } from '../../jobs/job.ts';
import { createEnqueuer, type Enqueuer, openQueues } from '../../src/adapters/queue/queues.ts';
import { runJob } from '../../src/adapters/queue/run-job.ts';
import { startWorkers, type Workers } from '../../src/adapters/queue/workers.ts';
import { connectForWorkers, connectForWriting } from '../../src/adapters/redis.ts';
import { PermanentError, RetryableError } from '../../src/errors.ts';
import { keptLog } from '../support/quiet-log.ts';
import { startTestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { Life } from './support/life.ts';
import { createRandom } from './support/random.ts';
import { Scheduler } from './support/scheduler.ts';
import { ModelWorker, modelQueues } from './world/model-queues.ts';
import { QueueModel } from './world/queue-model.ts';
import type { World } from './world/world.ts';

interface Bench {
  readonly enqueuer: Enqueuer;
  /** Starts a process that works on these jobs. */
  run(...jobs: readonly Job[]): void;
  sleep(ms: number): Promise<void>;
  /** Lets time go by until it is so. */
  wait(isSo: () => boolean): Promise<void>;
  end(): Promise<void>;
}

interface ModelBench extends Bench {
  /** Ends the processes as a crash does. */
  crash(): void;
}

/** BullMQ on a Redis of its own. */
async function real(): Promise<Bench> {
  const redis = await startTestRedis();
  const { log } = keptLog();
  const writing = connectForWriting(redis.url, log);
  await until(() => writing.status === 'ready');
  const queues = openQueues(writing);
  const enqueuer = createEnqueuer(queues);
  const working: ReturnType<typeof connectForWorkers>[] = [];
  const started: Workers[] = [];
  return {
    enqueuer,
    run(...jobs) {
      const connection = connectForWorkers(redis.url, log);
      working.push(connection);
      const catalogue = new Map(jobs.map((each) => [each.name, each]));
      const { signal } = new AbortController();
      started.push(startWorkers(connection, { catalogue, enqueuer, signal, log, count: () => undefined }));
    },
    sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    wait: (isSo) => until(isSo, 20_000),
    async end() {
      await Promise.allSettled(started.map((workers) => workers.close(2_000)));
      for (const connection of working) connection.disconnect();
      await Promise.allSettled(Object.values(queues).map((queue) => queue.close()));
      writing.disconnect();
      await redis.end();
    },
  };
}

/** The model that seeds play with, in a time of its own. */
async function model(): Promise<ModelBench> {
  const scheduler = new Scheduler(createRandom(1), Date.now());
  const now = () => scheduler.now;
  const queues = {
    intents: new QueueModel('intents', now),
    looks: new QueueModel('looks', now),
    follows: new QueueModel('follows', now),
  };
  const world = {
    scheduler,
    queues,
    isRedisAway: false,
    weather: { latency: () => 1 },
    requests: new Set(),
    standing: new Set(),
    wishes: [],
    askRedis: async <T>(_name: string, run: () => T) => run(),
  } as unknown as World;
  const { log } = keptLog();
  const enqueuer = createEnqueuer(modelQueues(world));
  const lives: Life[] = [];
  return {
    enqueuer,
    run(...jobs) {
      const life = new Life(`bot-${lives.length}`);
      lives.push(life);
      const catalogue = new Map(jobs.map((each) => [each.name, each]));
      const runner = {
        catalogue,
        enqueuer,
        signal: new AbortController().signal,
        log,
        count: () => undefined,
      };
      life.do(() => {
        for (const queue of Object.values(queues)) {
          const worker = new ModelWorker(world, life, queue, (queued, token) =>
            runJob(runner, queued, token),
          );
          const before = queue.onReady;
          queue.onReady = () => {
            before();
            if (life.isAlive) worker.wake();
          };
        }
      });
    },
    crash: () => {
      for (const life of lives) life.end();
    },
    sleep: (ms) => scheduler.sleep(ms),
    async wait(isSo) {
      await scheduler.run(scheduler.now + 120_000, isSo);
      expect(isSo()).toBe(true);
    },
    end: async () => undefined,
  };
}

const schema = z.object({ v: z.literal(1), n: z.number() });

function wish(run: (n: number, context: JobContext) => Promise<void>): Job {
  return job({ name: 'wish', queue: 'intents', schema, run: ({ n }, context) => run(n, context) });
}

function look(run: (n: number, context: JobContext) => Promise<void>): Job {
  return job({ name: 'look', queue: 'looks', schema, run: ({ n }, context) => run(n, context) });
}

describe.each([
  ['BullMQ', real],
  ['the model of it', model],
])('%s', (_what, open) => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await open();
  });
  afterEach(() => bench.end());

  it('runs what was sent four times once, also after it is done', async () => {
    const ran: number[] = [];
    bench.run(wish(async (n) => void ran.push(n)));
    for (const n of [1, 2, 3, 4]) await bench.enqueuer.enqueueIntent('wish', 'a', { v: 1, n });
    await bench.wait(() => ran.length === 1);
    await bench.enqueuer.enqueueIntent('wish', 'a', { v: 1, n: 5 });
    await bench.enqueuer.enqueueIntent('wish', 'b', { v: 1, n: 6 });
    await bench.wait(() => ran.includes(6));
    expect(ran).toEqual([1, 6]);
  });

  it('never merges two wishes', async () => {
    const ran: number[] = [];
    for (const n of [1, 2, 3]) await bench.enqueuer.enqueueIntent('wish', `wish ${n}`, { v: 1, n });
    bench.run(wish(async (n) => void ran.push(n)));
    await bench.wait(() => ran.length === 3);
    expect(ran.toSorted()).toEqual([1, 2, 3]);
  });

  it('runs again what failed, and tells which attempt it is', async () => {
    const attempts: number[] = [];
    bench.run(
      wish(async (_n, { attempt }) => {
        attempts.push(attempt);
        if (attempt < 3) throw new RetryableError('away', { retryInMs: 20 });
      }),
    );
    await bench.enqueuer.enqueueIntent('wish', 'a', { v: 1, n: 1 });
    await bench.wait(() => attempts.length === 3);
    expect(attempts).toEqual([1, 2, 3]);
  });

  it('does not run again what can never succeed', async () => {
    const ran: number[] = [];
    bench.run(
      wish(async (n) => {
        ran.push(n);
        if (n === 1) throw new PermanentError('no', 'no');
      }),
    );
    await bench.enqueuer.enqueueIntent('wish', 'a', { v: 1, n: 1 });
    await bench.wait(() => ran.length === 1);
    await bench.enqueuer.enqueueIntent('wish', 'b', { v: 1, n: 2 });
    await bench.wait(() => ran.length === 2);
    expect(ran).toEqual([1, 2]);
  });

  it('has one look at an object under way and one waiting, which sees the last hint', async () => {
    const seen: number[] = [];
    let isHeld = true;
    bench.run(
      look(async (n) => {
        seen.push(n);
        while (isHeld) await bench.sleep(10);
      }),
    );
    await bench.enqueuer.enqueueHint('look', 'object', { v: 1, n: 1 });
    await bench.wait(() => seen.length === 1);
    for (let n = 2; n <= 20; n += 1) await bench.enqueuer.enqueueHint('look', 'object', { v: 1, n });
    isHeld = false;
    await bench.wait(() => seen.includes(20));
    expect(seen).toEqual([1, 20]);
  });

  it('does not lose a hint that came while a look failed', async () => {
    const seen: number[] = [];
    let failures = 0;
    bench.run(
      look(async (n) => {
        if (failures === 0) {
          failures += 1;
          await bench.enqueuer.enqueueHint('look', 'object', { v: 1, n: 2 });
          throw new RetryableError('away', { retryInMs: 20 });
        }
        seen.push(n);
      }),
    );
    await bench.enqueuer.enqueueHint('look', 'object', { v: 1, n: 1 });
    await bench.wait(() => seen.includes(2));
    expect(seen).toEqual([1, 2]);
  });

  it('does not let a hint for later hold up a fresh one', async () => {
    const seen: number[] = [];
    bench.run(look(async (n) => void seen.push(n)));
    await bench.enqueuer.enqueueHint('look', 'object', { v: 1, n: 1 }, { delayMs: 300 });
    await bench.enqueuer.enqueueHint('look', 'object', { v: 1, n: 2 });
    await bench.wait(() => seen.length === 2);
    expect(seen).toEqual([2, 1]);
  });

  it('lets wait what it does not know', async () => {
    const ran: number[] = [];
    bench.run(wish(async (n) => void ran.push(n)));
    await bench.enqueuer.enqueueIntent('wish', 'a', { v: 7, n: 1 });
    await bench.enqueuer.enqueueIntent('another', 'b', { v: 1, n: 2 });
    await bench.enqueuer.enqueueIntent('wish', 'c', { v: 1, n: 3 });
    await bench.wait(() => ran.length > 0);
    expect(ran).toEqual([3]);
  });
});

// How BullMQ itself does so is seen where real processes are killed, in test/e2e.
describe('the model of a crash', () => {
  let bench: ModelBench;
  beforeEach(async () => {
    bench = await model();
  });

  it('gives what a dead process had to another, as a further attempt', async () => {
    const attempts: number[] = [];
    let hasBegun = false;
    bench.run(
      wish(async () => {
        hasBegun = true;
        await new Promise(() => undefined);
      }),
    );
    await bench.enqueuer.enqueueIntent('wish', 'a', { v: 1, n: 1 });
    await bench.wait(() => hasBegun);
    bench.crash();
    bench.run(wish(async (_n, { attempt }) => void attempts.push(attempt)));
    await bench.wait(() => attempts.length === 1);
    expect(attempts).toEqual([2]);
  });
});
