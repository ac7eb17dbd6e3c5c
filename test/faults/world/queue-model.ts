import type { JobsOptions } from 'bullmq';

type State = 'waiting' | 'active' | 'delayed' | 'completed' | 'failed';

/** One job of the model. */
export interface ModelJob {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
  readonly dedup: string | undefined;
  readonly keepsLast: boolean;
  readonly attempts: number;
  state: State;
  /** When a delayed one is due. */
  dueAt: number;
  attemptsMade: number;
  attemptsStarted: number;
  stalls: number;
  lock: { readonly token: string; until: number } | undefined;
  /** What arrived while it was under way. */
  next: { readonly name: string; readonly data: unknown; readonly options: JobsOptions } | undefined;
}

const MOST_STALLS = 20;

/** BullMQ's queue as far as the bot uses it; `queue-rules.test.ts` holds both to the same rules. */
export class QueueModel {
  readonly name: string;
  #jobs = new Map<string, ModelJob>();
  #dedups = new Map<string, string>();
  #schedules = new Map<
    string,
    { readonly every: number; readonly name: string; readonly data: unknown; readonly options: JobsOptions }
  >();
  #next = 1;
  readonly #now: () => number;
  /** Told whenever something may have become ready. */
  onReady: () => void = () => undefined;

  constructor(name: string, now: () => number) {
    this.name = name;
    this.#now = now;
  }

  add(name: string, data: unknown, options: JobsOptions): string {
    const { deduplication: dedup } = options;
    if (options.jobId !== undefined && this.#jobs.has(options.jobId)) return options.jobId;
    const standing = dedup === undefined ? undefined : this.#jobs.get(this.#dedups.get(dedup.id) ?? '');
    if (standing !== undefined) {
      const keeps = dedup !== undefined && 'keepLastIfActive' in dedup && dedup.keepLastIfActive === true;
      if (keeps && standing.state === 'active') standing.next = { name, data, options };
      return standing.id;
    }
    const id = options.jobId ?? String(this.#next++);
    const delay = options.delay ?? 0;
    this.#jobs.set(id, {
      id,
      name,
      // As Redis keeps it.
      data: JSON.parse(JSON.stringify(data)),
      dedup: dedup?.id,
      keepsLast: dedup !== undefined && 'keepLastIfActive' in dedup && dedup.keepLastIfActive === true,
      attempts: options.attempts ?? 1,
      state: delay > 0 ? 'delayed' : 'waiting',
      dueAt: this.#now() + delay,
      attemptsMade: 0,
      attemptsStarted: 0,
      stalls: 0,
      lock: undefined,
      next: undefined,
    });
    if (dedup !== undefined) this.#dedups.set(dedup.id, id);
    this.onReady();
    return id;
  }

  upsertSchedule(
    id: string,
    every: number,
    job: { readonly name: string; readonly data: unknown; readonly options: JobsOptions },
  ): void {
    const known = this.#schedules.has(id);
    this.#schedules.set(id, { every, ...job });
    if (!known) this.#planScheduled(id, 0);
  }

  #planScheduled(id: string, delay: number): void {
    const schedule = this.#schedules.get(id);
    if (schedule === undefined) return;
    const jobId = `repeat:${id}:${this.#now() + delay}`;
    this.add(schedule.name, schedule.data, { ...schedule.options, jobId, delay });
  }

  /** Takes the job that waits longest; undefined when none does. */
  take(token: string, lockMs: number): ModelJob | undefined {
    for (const job of this.#jobs.values()) {
      if (job.state === 'delayed' && job.dueAt <= this.#now()) job.state = 'waiting';
      if (job.state !== 'waiting') continue;
      job.state = 'active';
      job.attemptsStarted += 1;
      job.lock = { token, until: this.#now() + lockMs };
      const [, schedule] = /^repeat:([^:]+):/.exec(job.id) ?? [];
      if (schedule !== undefined) this.#planScheduled(schedule, this.#schedules.get(schedule)?.every ?? 0);
      return job;
    }
    return undefined;
  }

  /** When the next delayed job is due; undefined when there is none. */
  get nextDueAt(): number | undefined {
    const due = [...this.#jobs.values()].flatMap((job) => (job.state === 'delayed' ? [job.dueAt] : []));
    return due.length === 0 ? undefined : Math.min(...due);
  }

  renew(id: string, token: string, lockMs: number): boolean {
    const job = this.#held(id, token);
    if (job?.lock === undefined) return false;
    job.lock.until = this.#now() + lockMs;
    return true;
  }

  complete(id: string, token: string): boolean {
    const job = this.#held(id, token);
    if (job === undefined) return false;
    job.attemptsMade += 1;
    job.state = 'completed';
    this.#finish(job);
    return true;
  }

  /** @param again in how many milliseconds it is tried again; undefined for never. */
  fail(id: string, token: string, again: number | undefined): boolean {
    const job = this.#held(id, token);
    if (job === undefined) return false;
    job.attemptsMade += 1;
    job.lock = undefined;
    if (again === undefined || job.attemptsMade >= job.attempts) {
      job.state = 'failed';
      this.#finish(job);
    } else {
      job.state = 'delayed';
      job.dueAt = this.#now() + again;
      this.onReady();
    }
    return true;
  }

  /** A job that no version here knows: it waits, and that is no try. */
  postpone(id: string, token: string | undefined, until: number): void {
    const job = this.#held(id, token ?? '');
    if (job === undefined) return;
    job.lock = undefined;
    job.state = 'delayed';
    job.dueAt = until;
    this.onReady();
  }

  /** Puts back what nobody has held for too long. */
  checkStalled(): void {
    for (const job of this.#jobs.values()) {
      if (job.state !== 'active' || (job.lock?.until ?? 0) > this.#now()) continue;
      job.stalls += 1;
      job.lock = undefined;
      job.state = job.stalls > MOST_STALLS ? 'failed' : 'waiting';
      if (job.state === 'failed') this.#finish(job);
      else this.onReady();
    }
  }

  #held(id: string, token: string): ModelJob | undefined {
    const job = this.#jobs.get(id);
    return job?.state === 'active' && job.lock?.token === token ? job : undefined;
  }

  #finish(job: ModelJob): void {
    job.lock = undefined;
    if (job.dedup !== undefined && this.#dedups.get(job.dedup) === job.id) this.#dedups.delete(job.dedup);
    // A look leaves nothing behind that is ever asked for; an intent keeps its name.
    if (/^\d+$/.test(job.id) || job.id.startsWith('repeat:')) this.#jobs.delete(job.id);
    if (job.next !== undefined) this.add(job.next.name, job.next.data, job.next.options);
  }

  flush(): void {
    this.#jobs.clear();
    this.#dedups.clear();
    this.#schedules.clear();
  }

  save(): () => void {
    const [jobs, dedups, schedules] = [
      structuredClone(this.#jobs),
      new Map(this.#dedups),
      new Map(this.#schedules),
    ];
    return () => {
      this.#jobs = structuredClone(jobs);
      this.#dedups = new Map(dedups);
      this.#schedules = new Map(schedules);
    };
  }

  jobs(): readonly ModelJob[] {
    return [...this.#jobs.values()];
  }
}
