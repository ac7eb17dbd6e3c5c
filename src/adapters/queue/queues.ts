import { type JobsOptions, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Job } from '../../../jobs/job.ts';
import { RetryableError } from '../../errors.ts';
import { within } from '../../within.ts';

export const QUEUE_PREFIX = 'trunkline';
const queueNames = ['intents', 'looks', 'follows'] as const satisfies readonly Job['queue'][];
const DAY_S = 24 * 60 * 60;

/** What every job gets: it is tried until it succeeds or says that it never can. */
const lasting = {
  attempts: 100_000,
  backoff: { type: 'custom' },
  removeOnComplete: { age: DAY_S, count: 5_000 },
  removeOnFail: { age: 7 * DAY_S },
} as const satisfies JobsOptions;

/** A hint leaves nothing behind: only the last state of its object counts. */
const passing = { ...lasting, removeOnComplete: { age: 600, count: 1_000 } } as const satisfies JobsOptions;

export type Queues = Readonly<Record<Job['queue'], Queue>>;

export function openQueues(redis: Redis): Queues {
  const [intents, looks, follows] = queueNames.map(
    (name) =>
      new Queue(name, {
        connection: redis,
        prefix: QUEUE_PREFIX,
        skipWaitingForReady: true,
        skipVersionCheck: true,
      }),
  );
  if (intents === undefined || looks === undefined || follows === undefined)
    throw new Error('failed to open the queues');
  for (const queue of [intents, looks, follows]) queue.on('error', () => undefined);
  return { intents, looks, follows };
}

/** The delayed form of a hint: when its time comes it becomes the hint itself, so that it never holds up a fresh one. */
export const LATER = 'hint-later';

export interface Enqueuer {
  /**
   * Puts what a person wants into the queue; the same `actionId` gives one job. Resolves only when Redis has it.
   *
   * @param timeoutMs how long the person at the door can wait, 2,000 by default.
   * @throws RetryableError when Redis is away, full, or too slow.
   */
  enqueueIntent(
    name: string,
    actionId: string,
    payload: object,
    options?: { readonly timeoutMs?: number },
  ): Promise<void>;
  /**
   * Says that something about an object may have changed. Per object there is at most one look under way and one
   * waiting, so `payload` carries ids only.
   */
  enqueueHint(
    name: string,
    objectId: string,
    payload: object,
    options?: {
      readonly delayMs?: number;
      readonly timeoutMs?: number;
      /** `looks` by default. */
      readonly queue?: 'looks' | 'follows';
    },
  ): Promise<void>;
}

export function createEnqueuer(queues: Queues): Enqueuer {
  return {
    async enqueueIntent(name, actionId, payload, options = {}) {
      const jobId = `${name}-${safeId(actionId)}`;
      await written(queues.intents.add(name, payload, { ...lasting, jobId }), name, options.timeoutMs);
    },
    async enqueueHint(name, objectId, payload, options = {}) {
      const { delayMs = 0, timeoutMs, queue = 'looks' } = options;
      const id = `${name}/${objectId}`;
      const adding =
        delayMs > 0
          ? queues.looks.add(
              LATER,
              { v: 1, name, objectId, payload },
              { ...passing, delay: delayMs, deduplication: { id: `${LATER}/${id}` } },
            )
          : queues[queue].add(name, payload, { ...passing, deduplication: { id, keepLastIfActive: true } });
      await written(adding, name, timeoutMs);
    },
  };
}

/** BullMQ refuses `:` in a job's id, and ids that are a whole number. */
function safeId(actionId: string): string {
  return actionId.replaceAll(':', '_');
}

async function written(adding: Promise<unknown>, name: string, timeoutMs = 2_000): Promise<void> {
  try {
    await within(timeoutMs, adding);
  } catch (cause) {
    throw new RetryableError(`failed to enqueue ${name}`, { cause });
  }
}
