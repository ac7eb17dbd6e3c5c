import type { JobsOptions, Job as QueuedJob } from 'bullmq';
import { DelayedError, UnrecoverableError } from 'bullmq';
import { retryDelay } from '../../../src/adapters/queue/outcome.ts';
import type { Queues } from '../../../src/adapters/queue/queues.ts';
import { asWork, type Life } from '../support/life.ts';
import type { ModelJob, QueueModel } from './queue-model.ts';
import type { World } from './world.ts';

const LOCK_MS = 15_000;
const CONCURRENCY = 16;

/** BullMQ's queues, as the bot's enqueuer and its sweep use them, on the model. */
export function modelQueues(world: World): Queues {
  const queue = (model: QueueModel) => ({
    add: (name: string, data: unknown, options: JobsOptions) =>
      world.askRedis(`add ${name}`, () => {
        const { viewId, requestId } = data as { readonly viewId?: string; readonly requestId?: string };
        if (requestId !== undefined) {
          world.requests.add(`${name} ${requestId}`);
          world.standing.add(`${name} ${requestId}`);
        }
        const { answer } = data as { readonly answer?: { readonly viewId?: string } };
        const view = viewId ?? answer?.viewId;
        if (view !== undefined) world.wishes.push({ view, intent: name });
        return model.add(name, data, options);
      }),
    upsertJobScheduler: (
      id: string,
      { every }: { readonly every: number },
      job: { readonly name: string; readonly data: unknown; readonly opts: JobsOptions },
    ) =>
      world.askRedis('keep the schedule', () =>
        model.upsertSchedule(id, every, { name: job.name, data: job.data, options: job.opts }),
      ),
  });
  const { intents, looks, follows } = world.queues;
  return { intents: queue(intents), looks: queue(looks), follows: queue(follows) } as unknown as Queues;
}

/** A worker of one process on one queue: locks that it renews, and a look for what others left behind. */
export class ModelWorker {
  readonly #world: World;
  readonly #life: Life;
  readonly #model: QueueModel;
  readonly #run: (job: QueuedJob, token: string) => Promise<void>;
  #underWay = 0;
  #tokens = 0;
  /** When this worker looks again for what is delayed. */
  #due = 0;

  constructor(
    world: World,
    life: Life,
    model: QueueModel,
    run: (job: QueuedJob, token: string) => Promise<void>,
  ) {
    this.#world = world;
    this.#life = life;
    this.#model = model;
    this.#run = run;
    this.#plan(0);
    this.#lookForStalled();
  }

  /** Looks for work; to be called when there may be some. */
  wake(): void {
    this.#plan(this.#world.weather.latency('redis'));
  }

  #plan(delay: number): void {
    this.#world.scheduler.plan(delay, () => this.#fetch(), this.#life);
  }

  #fetch(): void {
    if (this.#world.isRedisAway) {
      this.#plan(1_000);
      return;
    }
    while (this.#underWay < CONCURRENCY) {
      const token = `${this.#life.name}:${this.#tokens++}`;
      const job = this.#model.take(token, LOCK_MS);
      if (job === undefined) break;
      this.#underWay += 1;
      void this.#work(job, token);
    }
    const due = this.#model.nextDueAt;
    if (due === undefined || due === this.#due) return;
    this.#due = due;
    this.#plan(Math.max(1, due - this.#world.scheduler.now));
  }

  async #work(job: ModelJob, token: string): Promise<void> {
    const renewal = this.#renew(job.id, token);
    const queued = {
      id: job.id,
      name: job.name,
      data: structuredClone(job.data),
      attemptsMade: job.attemptsMade,
      attemptsStarted: job.attemptsStarted,
      moveToDelayed: async (until: number, by: string) => this.#model.postpone(job.id, by, until),
    };
    try {
      await asWork(token, () => this.#run(queued as unknown as QueuedJob, token));
      await this.#tell(() => this.#model.complete(job.id, token));
    } catch (error) {
      if (!(error instanceof DelayedError)) {
        const again =
          error instanceof UnrecoverableError ? undefined : retryDelay(job.attemptsMade + 1, error);
        await this.#tell(() => this.#model.fail(job.id, token, again));
      }
    }
    renewal.isOver = true;
    this.#underWay -= 1;
    this.wake();
  }

  /** While Redis is away nothing can be told; the job stalls then and is run again. */
  async #tell(how: () => boolean): Promise<void> {
    await this.#world.scheduler.sleep(this.#world.weather.latency('redis'));
    if (!this.#world.isRedisAway) how();
  }

  #renew(id: string, token: string): { isOver: boolean } {
    const renewal = { isOver: false };
    const again = () =>
      void this.#world.scheduler.plan(
        LOCK_MS / 2,
        () => {
          if (renewal.isOver) return;
          if (!this.#world.isRedisAway) this.#model.renew(id, token, LOCK_MS);
          again();
        },
        this.#life,
      );
    again();
    return renewal;
  }

  #lookForStalled(): void {
    this.#world.scheduler.plan(
      (LOCK_MS * 2) / 3,
      () => {
        if (!this.#world.isRedisAway) this.#model.checkStalled();
        this.#plan(0);
        this.#lookForStalled();
      },
      this.#life,
    );
  }
}
