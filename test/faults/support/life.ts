import { AsyncLocalStorage } from 'node:async_hooks';

/** One run of the bot's process, from its start to its crash. */
export class Life {
  readonly name: string;
  /** How far its clock is ahead of everybody else's, in milliseconds. */
  clockAheadMs = 0;
  isAlive = true;
  isPaused = false;
  #waiting: (() => void)[] = [];

  constructor(name: string) {
    this.name = name;
  }

  /** Runs it now, once the process goes on, or never when it is dead. */
  do(run: () => void): void {
    if (!this.isAlive) return;
    if (this.isPaused) this.#waiting.push(run);
    else lives.run(this, run);
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
    for (const run of this.#waiting.splice(0)) this.do(run);
  }

  end(): void {
    this.isAlive = false;
    this.#waiting = [];
  }
}

const lives = new AsyncLocalStorage<Life>();

/** Whose code runs right now; undefined for the outside world's. */
export function currentLife(): Life | undefined {
  return lives.getStore();
}

const works = new AsyncLocalStorage<string>();

/** Names one piece of work of a process, so that the outside can tell which asked it what. */
export function asWork<T>(name: string, run: () => T): T {
  return works.run(name, run);
}

/** The piece of work that asks right now; empty for a door's. */
export function currentWork(): string {
  return works.getStore() ?? '';
}

/** Runs as the outside world, whoever called. */
export function asWorld<T>(run: () => T): T {
  return lives.exit(run);
}
