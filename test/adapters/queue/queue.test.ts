import { z } from 'zod';
import { type Job, type JobContext, job } from '../../../jobs/job.ts';
import {
  createEnqueuer,
  type Enqueuer,
  openQueues,
  type Queues,
} from '../../../src/adapters/queue/queues.ts';
import { keepSweeping, type SweepKeeper } from '../../../src/adapters/queue/sweep.ts';
import { startWorkers, type Workers } from '../../../src/adapters/queue/workers.ts';
import { checkRedis, connectForWorkers, connectForWriting } from '../../../src/adapters/redis.ts';
import { PermanentError, RetryableError } from '../../../src/errors.ts';
import { keptLog } from '../../support/quiet-log.ts';
import { startTestRedis, type TestRedis } from '../../support/redis.ts';
import { until } from '../../support/until.ts';

interface Bench {
  readonly redis: TestRedis;
  readonly enqueuer: Enqueuer;
  readonly queues: Queues;
  readonly lines: readonly string[];
  run(...jobs: Job[]): void;
  sweep(): void;
  end(): Promise<void>;
}

async function openBench(options: readonly string[] = []): Promise<Bench> {
  const redis = await startTestRedis(options);
  const { log, lines } = keptLog();
  const writing = connectForWriting(redis.url, log);
  const working = connectForWorkers(redis.url, log);
  await until(() => writing.status === 'ready');
  const queues = openQueues(writing);
  const enqueuer = createEnqueuer(queues);
  let workers: Workers | undefined;
  let keeper: SweepKeeper | undefined;
  return {
    redis,
    enqueuer,
    queues,
    lines,
    run(...jobs) {
      const catalogue = new Map(jobs.map((each) => [each.name, each]));
      const signal = new AbortController().signal;
      workers = startWorkers(working, { catalogue, enqueuer, signal, log, count: () => undefined });
    },
    sweep() {
      keeper = keepSweeping(queues, writing, log);
    },
    async end() {
      keeper?.stop();
      await workers?.close(2_000);
      await Promise.allSettled([queues.intents.close(), queues.looks.close()]);
      writing.disconnect();
      working.disconnect();
      await redis.end();
    },
  };
}

const schema = z.object({ v: z.literal(1), n: z.number() });

function wish(
  run: (n: number, context: JobContext) => Promise<void>,
  versions: readonly number[] = [1],
): Job {
  return job({ name: 'wish', queue: 'intents', schema, versions, run: ({ n }, context) => run(n, context) });
}

function look(run: (n: number) => Promise<void>): Job {
  return job({ name: 'look', queue: 'looks', schema, run: ({ n }) => run(n) });
}

describe('the queue', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.end());

  it('runs an intent once though it was sent four times at once', async () => {
    const ran: number[] = [];
    bench.run(wish(async (n) => void ran.push(n)));
    await Promise.all([1, 2, 3, 4].map((n) => bench.enqueuer.enqueueIntent('wish', 'act:77', { v: 1, n })));
    await bench.enqueuer.enqueueIntent('wish', 'other', { v: 1, n: 99 });
    await until(() => ran.includes(99));
    expect(ran).toHaveLength(2);
  });

  it('runs an intent again when what it needs comes back, and tells it which attempt it is', async () => {
    const attempts: number[] = [];
    bench.run(
      wish(async (_n, { attempt }) => {
        attempts.push(attempt);
        if (attempt < 3) throw new RetryableError('away', { retryInMs: 10 });
      }),
    );
    await bench.enqueuer.enqueueIntent('wish', 'a', { v: 1, n: 1 });
    await until(() => attempts.length === 3);
    expect(attempts).toEqual([1, 2, 3]);
  });

  it('does not run a job again that can never succeed', async () => {
    let runs = 0;
    bench.run(
      wish(async () => {
        runs += 1;
        throw new PermanentError('forbidden', 'no');
      }),
    );
    await bench.enqueuer.enqueueIntent('wish', 'a', { v: 1, n: 1 });
    await until(async () => (await bench.queues.intents.getFailedCount()) === 1);
    expect(runs).toBe(1);
  });

  it('lets a payload of an unknown version wait', async () => {
    let runs = 0;
    bench.run(
      wish(async () => {
        runs += 1;
      }),
    );
    await bench.enqueuer.enqueueIntent('wish', 'a', { v: 7, n: 1 });
    await until(async () => (await bench.queues.intents.getDelayedCount()) === 1);
    expect(runs).toBe(0);
    expect(await bench.queues.intents.getFailedCount()).toBe(0);
  });

  it('lets a job of an unknown name wait', async () => {
    bench.run(wish(async () => undefined));
    await bench.enqueuer.enqueueIntent('new-kind', 'a', { v: 1 });
    await until(async () => (await bench.queues.intents.getDelayedCount()) === 1);
    expect(await bench.queues.intents.getFailedCount()).toBe(0);
  });

  it('runs a delayed intent of another version once somebody knows it', async () => {
    const seen: number[] = [];
    const anyVersion = z.object({ v: z.number(), n: z.number() });
    await bench.enqueuer.enqueueIntent('wish', 'a', { v: 2, n: 5 });
    bench.run(
      job({
        name: 'wish',
        queue: 'intents',
        schema: anyVersion,
        versions: [1, 2],
        run: async ({ n }) => void seen.push(n),
      }),
    );
    await until(() => seen.length === 1);
    expect(seen).toEqual([5]);
  });

  it('merges hints about one object and still sees the last one', async () => {
    let active = 0;
    let most = 0;
    const seen: number[] = [];
    bench.run(
      look(async (n) => {
        active += 1;
        most = Math.max(most, active);
        await new Promise((resolve) => setTimeout(resolve, 30));
        seen.push(n);
        active -= 1;
      }),
    );
    for (let n = 1; n <= 40; n += 1) await bench.enqueuer.enqueueHint('look', 'object', { v: 1, n });
    await until(() => seen.includes(40));
    expect(most).toBe(1);
    expect(seen.length).toBeLessThan(40);
  });

  it('does not let a delayed hint hold up a fresh one', async () => {
    const seen: number[] = [];
    bench.run(look(async (n) => void seen.push(n)));
    await bench.enqueuer.enqueueHint('look', 'object', { v: 1, n: 1 }, { delayMs: 600 });
    await bench.enqueuer.enqueueHint('look', 'object', { v: 1, n: 2 });
    await until(() => seen.length === 2);
    expect(seen).toEqual([2, 1]);
  });

  it('waits for what is under way when it closes', async () => {
    const { log } = keptLog();
    let done = false;
    const working = connectForWorkers(bench.redis.url, log);
    const slow = wish(async () => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      done = true;
    });
    const workers = startWorkers(working, {
      catalogue: new Map([['wish', slow]]),
      enqueuer: bench.enqueuer,
      signal: new AbortController().signal,
      log,
      count: () => undefined,
    });
    await bench.enqueuer.enqueueIntent('wish', 'a', { v: 1, n: 1 });
    await until(async () => (await bench.queues.intents.getActiveCount()) === 1);
    await workers.close(5_000);
    working.disconnect();
    expect(done).toBe(true);
  });

  it('tells whoever enqueues when Redis is away, within two seconds, and works again once it is back', async () => {
    const ran: number[] = [];
    bench.run(wish(async (n) => void ran.push(n)));
    await bench.redis.stop();
    const before = Date.now();
    await expect(bench.enqueuer.enqueueIntent('wish', 'a', { v: 1, n: 1 })).rejects.toThrow(RetryableError);
    expect(Date.now() - before).toBeLessThan(2_500);
    await new Promise((resolve) => setTimeout(resolve, 7_000));
    await bench.redis.start();
    const back = Date.now();
    await until(async () => {
      await bench.enqueuer.enqueueIntent('wish', 'b', { v: 1, n: 2 }).catch(() => undefined);
      return ran.includes(2);
    });
    expect(Date.now() - back).toBeLessThan(10_000);
  });

  it('sweeps again within thirty seconds after everything in Redis was lost', async () => {
    const sweeps: number[] = [];
    bench.run(
      job({
        name: 'sweep',
        queue: 'looks',
        schema: z.object({ v: z.literal(1) }),
        run: async () => void sweeps.push(Date.now()),
      }),
    );
    bench.sweep();
    await until(() => sweeps.length > 0);
    await bench.redis.client.flushall();
    const lost = Date.now();
    await until(() => sweeps.some((at) => at > lost), 29_000);
  }, 45_000);
});

describe('a full or unfit Redis', () => {
  it('is told to whoever enqueues, so that nobody hears yes and loses the job', async () => {
    const bench = await openBench();
    await bench.redis.client.config('SET', 'maxmemory', '1');
    await expect(bench.enqueuer.enqueueIntent('wish', 'a', { v: 1, n: 1 })).rejects.toThrow(
      /failed to enqueue wish/,
    );
    await bench.end();
  });

  it('is refused when it evicts, with what to set', async () => {
    const redis = await startTestRedis(['--maxmemory-policy', 'allkeys-lru']);
    const result = await checkRedis(redis.client);
    await redis.end();
    expect(result).toMatchObject({ kind: 'wrong', problem: expect.stringContaining('noeviction') });
  });

  it('is taken when it does not', async () => {
    const redis = await startTestRedis();
    const result = await checkRedis(redis.client);
    await redis.end();
    expect(result).toEqual({ kind: 'ok' });
  });
});
