import { randomUUID } from 'node:crypto';
import { type JobsOptions, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { createEnqueuer, openQueues } from '../../src/adapters/queue/queues.ts';
import { connected, connectForWriting } from '../../src/adapters/redis.ts';
import { createLog } from '../../src/log.ts';
import { beside, type Measurement } from '../measurement.ts';
import { median } from '../statistics.ts';
import { redisForBench } from '../support/redis-for-bench.ts';

const ROUNDS = 8;
const JOBS_PER_ROUND = 2_000;
/** So many enqueues wait for Redis at once, as they do when many people send forms in the same moment. */
const AT_ONCE = 32;
const LEAST_SHARE = 0.8;

const payload = {
  v: 1,
  repo: 'sandbox-org/platform',
  requestId: 'req-0123456789abcdef',
  askedBy: 'U0TENANT01',
  askedAt: 1_764_000_000_000,
  values: {
    name: 'shop',
    clouds: ['aws', 'azure'],
    environments: ['non-prod', 'prod'],
    size: 'small',
    access: { 'non-prod': 'admin', prod: 'reader' },
    owner: 'Team Shop',
    contact: '#team-shop',
    reach: ['same-namespace', 'ingress'],
    purpose: 'Sells things.',
  },
} as const;

type Enqueue = (id: string) => Promise<unknown>;

/** Durable enqueues per second through the bot's enqueuer, beside BullMQ's own `add` with the same options. */
export const enqueue: Measurement = {
  name: 'enqueue',
  figures: ['enqueues-per-second'],
  async measure(say) {
    const redis = await redisForBench();
    const ourRedis = connectForWriting(
      redis.url,
      createLog('silent', (line) => line),
    );
    const bareRedis = new Redis(redis.url);
    try {
      await connected(ourRedis, 5_000);
      const queues = openQueues(ourRedis);
      const enqueuer = createEnqueuer(queues);
      const ours: Enqueue = (id) => enqueuer.enqueueIntent('onboard', id, payload);
      await ours('first');
      const options = await optionsOf(queues.intents, 'onboard-first');
      const queue = new Queue('bare', { connection: bareRedis, prefix: 'bench', skipVersionCheck: true });
      const bare: Enqueue = (jobId) => queue.add('onboard', payload, { ...options, jobId });
      const rates = await inTurns(ours, bare);
      await demandAll(queues.intents, queue);
      say(`${ROUNDS} rounds of ${JOBS_PER_ROUND} each, ${AT_ONCE} at once`);
      const figure = beside(median(rates.ours), median(rates.bare), 'jobs/s');
      return {
        'enqueues-per-second': { ...figure, bound: 'at least 0.8 of it', ok: figure.ratio >= LEAST_SHARE },
      };
    } finally {
      ourRedis.disconnect();
      bareRedis.disconnect();
      await redis.stop();
    }
  },
};

/** Round by round, so that whatever else the machine does strikes both. The first round of each only warms up. */
async function inTurns(ours: Enqueue, bare: Enqueue) {
  const rates = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const pair = [
      ['ours', ours],
      ['bare', bare],
    ] as const;
    for (const [side, enqueueOne] of round % 2 === 0 ? pair : pair.toReversed()) {
      const rate = await rateOf(enqueueOne);
      if (round > 0) rates[side].push(rate);
    }
  }
  return rates;
}

/** Jobs per second. */
async function rateOf(enqueueOne: Enqueue): Promise<number> {
  const ids = Array.from({ length: JOBS_PER_ROUND }, () => randomUUID());
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let id = ids.pop(); id !== undefined; id = ids.pop()) await enqueueOne(id);
    }),
  );
  return JOBS_PER_ROUND / ((performance.now() - startedAt) / 1_000);
}

/** What the bot's enqueuer asks of BullMQ, read back from a job of its own. */
async function optionsOf(queue: Queue, jobId: string): Promise<JobsOptions> {
  const job = await queue.getJob(jobId);
  if (job === undefined) throw new Error('the first job is not in Redis');
  const { jobId: _, ...options } = job.opts;
  return options;
}

async function demandAll(ours: Queue, bare: Queue): Promise<void> {
  const expected = (ROUNDS + 1) * JOBS_PER_ROUND;
  const [ourCount, bareCount] = [await ours.getWaitingCount(), await bare.getWaitingCount()];
  if (ourCount !== expected + 1 || bareCount !== expected) {
    throw new Error(
      `of ${expected} jobs each, Redis holds ${ourCount - 1} of ours and ${bareCount} of BullMQ's`,
    );
  }
}
