/** Slack messages are brought up to date no faster than this, in milliseconds. */
const EVERY_MS = 3_000;
/** So many in any minute, of all messages together. */
const PER_MINUTE = 40;
/** What stands aside, in threads, waits longer and leaves room for the messages themselves. */
const ASIDE_EVERY_MS = 15_000;
const ASIDE_PER_MINUTE = 20;
const MINUTE_MS = 60_000;

/**
 * Says when a message may be changed: at once after a quiet time, then at most every 3 s each and 40 times a minute in
 * all, so that the number of calls depends on time and not on how much happens.
 */
export class Pacer {
  readonly #now: () => number;
  readonly #last = new Map<string, number>();
  #sent: number[] = [];

  /** @param now milliseconds on any clock. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Milliseconds until `key` may be shown. */
  waitMs(key: string): number {
    return this.#wait(key, EVERY_MS, PER_MINUTE);
  }

  /** The same for what stands in a thread. */
  asideWaitMs(key: string): number {
    return this.#wait(key, ASIDE_EVERY_MS, ASIDE_PER_MINUTE);
  }

  sent(key: string): void {
    const now = this.#now();
    this.#last.set(key, now);
    this.#sent = [...this.#sent.filter((at) => at > now - MINUTE_MS), now];
  }

  forget(key: string): void {
    this.#last.delete(key);
  }

  #wait(key: string, everyMs: number, perMinute: number): number {
    const now = this.#now();
    const own = (this.#last.get(key) ?? Number.NEGATIVE_INFINITY) + everyMs - now;
    const oldest = this.#sent.length < perMinute ? undefined : this.#sent.at(-perMinute);
    const all = oldest === undefined ? 0 : oldest + MINUTE_MS - now;
    return Math.max(0, own, all);
  }
}
