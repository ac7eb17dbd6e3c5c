import { DelayedError, type Job as QueuedJob } from 'bullmq';
import { z } from 'zod';
import type { Job } from '../../../jobs/job.ts';
import type { Log } from '../../../jobs/ports.ts';
import { PermanentError, RetryableError } from '../../errors.ts';
import type { JobCounter } from '../../metrics.ts';
import { toQueueError } from './outcome.ts';
import type { Enqueuer } from './queues.ts';
import { LATER } from './queues.ts';

const UNKNOWN_WAITS_MS = 15_000;

const envelope = z.looseObject({ v: z.number(), requestId: z.string().optional() });
const later = z.object({
  v: z.literal(1),
  name: z.string(),
  objectId: z.string(),
  payload: z.looseObject({}),
});

export interface Runner {
  readonly catalogue: ReadonlyMap<string, Job>;
  readonly enqueuer: Enqueuer;
  readonly signal: AbortSignal;
  readonly log: Log & { child(fields: object): Log };
  readonly count: JobCounter;
}

/** Runs one queued job by the catalogue, and throws what BullMQ understands. */
export async function runJob(runner: Runner, queued: QueuedJob, token: string | undefined): Promise<void> {
  if (queued.name === LATER) return passOn(runner, queued);
  const job = runner.catalogue.get(queued.name);
  const head = envelope.safeParse(queued.data);
  if (!head.success || job === undefined || !job.versions.includes(head.data.v)) {
    return waitForAnotherVersion(runner, queued, token);
  }
  const log = runner.log.child({ job: queued.name, jobId: queued.id, requestId: head.data.requestId });
  const attempt = Math.max(queued.attemptsStarted, queued.attemptsMade + 1, 1);
  const startedAt = performance.now();
  try {
    await runParsed(job, queued.data, { attempt, signal: runner.signal, log });
    runner.count(queued.name, 'done', performance.now() - startedAt);
  } catch (error) {
    runner.count(queued.name, outcomeOf(error), performance.now() - startedAt);
    report(error, log, attempt);
    throw toQueueError(error);
  }
}

async function runParsed(job: Job, data: unknown, context: Parameters<Job['run']>[1]): Promise<void> {
  const parsed = job.schema.safeParse(data);
  if (!parsed.success) {
    throw new PermanentError('bad-payload', `failed to read the payload of ${job.name}`, {
      cause: parsed.error,
    });
  }
  await job.run(data, context);
}

/** A payload that a newer or older replica wrote: it waits for a replica that knows it, and never fails. */
async function waitForAnotherVersion(
  runner: Runner,
  queued: QueuedJob,
  token: string | undefined,
): Promise<never> {
  runner.log.warn({ job: queued.name, jobId: queued.id }, 'a job of an unknown kind or version waits');
  await queued.moveToDelayed(Date.now() + UNKNOWN_WAITS_MS, token);
  throw new DelayedError();
}

async function passOn(runner: Runner, queued: QueuedJob): Promise<void> {
  const hint = later.parse(queued.data);
  await runner.enqueuer.enqueueHint(hint.name, hint.objectId, hint.payload);
}

function outcomeOf(error: unknown): 'refused' | 'retried' | 'failed' {
  if (error instanceof PermanentError) return 'refused';
  return error instanceof RetryableError ? 'retried' : 'failed';
}

function report(error: unknown, log: Log, attempt: number): void {
  if (error instanceof PermanentError) {
    log.error({ err: error, attempt, code: error.code }, 'a job cannot be done');
  } else if (error instanceof RetryableError) {
    log.warn({ err: error, attempt, retryInMs: error.retryInMs }, 'a job comes back later');
  } else {
    log.error({ err: error, attempt }, 'a job failed and comes back');
  }
}
