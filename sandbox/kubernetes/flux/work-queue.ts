/**
 * Runs work per key: never twice at once for one key, a few keys at a time. Whatever is added while its key is under
 * way runs once more afterwards. Between two runs there is nothing but a timer.
 */
export class WorkQueue {
  readonly #run: (key: string) => Promise<void>;
  readonly #atOnce: number;
  readonly #waiting = new Set<string>();
  readonly #running = new Map<string, 'once' | 'again'>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #idle: (() => void)[] = [];
  #closed = false;

  constructor(run: (key: string) => Promise<void>, atOnce: number) {
    this.#run = run;
    this.#atOnce = atOnce;
  }

  add(key: string): void {
    this.#cancel(key);
    if (this.#closed) return;
    if (this.#running.has(key)) this.#running.set(key, 'again');
    else this.#waiting.add(key);
    this.#start();
  }

  /** Adds it later; a later call for the same key takes the place of this one. */
  addAfter(key: string, ms: number): void {
    this.#cancel(key);
    if (this.#closed) return;
    // A timer cannot wait for longer than this many milliseconds.
    this.#timers.set(
      key,
      setTimeout(() => this.add(key), Math.min(ms, 2 ** 31 - 1)),
    );
  }

  forget(key: string): void {
    this.#cancel(key);
    this.#waiting.delete(key);
  }

  /** Resolves when nothing is under way and nothing waits but timers. */
  idle(): Promise<void> {
    if (this.#running.size === 0 && this.#waiting.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Starts nothing any more, and lets go of what is under way: nobody looks at its outcome. */
  close(): void {
    this.#closed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#waiting.clear();
  }

  #cancel(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }

  #start(): void {
    for (const key of this.#waiting) {
      if (this.#running.size >= this.#atOnce) return;
      this.#waiting.delete(key);
      this.#running.set(key, 'once');
      void this.#once(key);
    }
  }

  async #once(key: string): Promise<void> {
    // Whoever adds it may still be in the midst of a change.
    await Promise.resolve();
    await this.#run(key).catch((error: unknown) => this.#failed(key, error));
    const again = this.#running.get(key) === 'again';
    this.#running.delete(key);
    if (again) this.add(key);
    else this.#start();
    if (this.#running.size > 0 || this.#waiting.size > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #failed(key: string, error: unknown): void {
    // What it reads from may be closed by now.
    if (!this.#closed) console.error(`sandbox: failed to reconcile ${key}:`, error);
  }
}
