import type { Marks } from '../../jobs/ports.ts';

/** Marks in memory under a clock that the test moves. */
export class FakeMarks implements Marks {
  now = 0;
  readonly #marks = new Map<string, { value: string; until: number }>();

  async set(name: string, ms: number): Promise<boolean> {
    if ((await this.get(name)) !== undefined) return false;
    await this.put(name, '1', ms);
    return true;
  }

  async take(name: string, holder: string, ms: number): Promise<string> {
    if ((await this.get(name)) === undefined) await this.put(name, holder, ms);
    return (await this.get(name)) ?? holder;
  }

  async left(name: string): Promise<number> {
    return Math.max(0, (this.#marks.get(name)?.until ?? 0) - this.now);
  }

  async get(name: string): Promise<string | undefined> {
    const mark = this.#marks.get(name);
    return mark && mark.until > this.now ? mark.value : undefined;
  }

  async put(name: string, value: string, ms: number): Promise<void> {
    this.#marks.set(name, { value, until: this.now + ms });
  }

  async clear(name: string): Promise<void> {
    this.#marks.delete(name);
  }

  /** Forgets everything, as a flushed Redis does. */
  flush(): void {
    this.#marks.clear();
  }
}
