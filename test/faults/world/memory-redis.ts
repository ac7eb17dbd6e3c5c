interface Kept {
  readonly value: string | Buffer;
  readonly until: number;
}

/** What the bot keeps in Redis outside its queues, with the few commands that it uses. */
export class MemoryRedis {
  #keys = new Map<string, Kept>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get(key: string): string | Buffer | undefined {
    const kept = this.#keys.get(key);
    if (kept === undefined || kept.until > this.#now()) return kept?.value;
    this.#keys.delete(key);
    return undefined;
  }

  set(
    key: string,
    value: string | Buffer,
    options: { readonly ms?: number; readonly isNew?: boolean } = {},
  ): boolean {
    if (options.isNew && this.get(key) !== undefined) return false;
    this.#keys.set(key, {
      value,
      until: options.ms === undefined ? Number.POSITIVE_INFINITY : this.#now() + options.ms,
    });
    return true;
  }

  left(key: string): number {
    if (this.get(key) === undefined) return -2;
    const until = this.#keys.get(key)?.until ?? 0;
    return until === Number.POSITIVE_INFINITY ? -1 : until - this.#now();
  }

  delete(key: string): void {
    this.#keys.delete(key);
  }

  flush(): void {
    this.#keys.clear();
  }

  /** What stands now, so that what follows can be lost. */
  save(): () => void {
    const saved = new Map(this.#keys);
    return () => {
      this.#keys = new Map(saved);
    };
  }

  /** Everything that stands, for whoever looks for secrets. */
  dump(): string {
    return [...this.#keys].map(([key, { value }]) => `${key} ${value}`).join('\n');
  }
}
