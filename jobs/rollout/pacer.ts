/** Slack messages are brought up to date no faster than this, in milliseconds. */
const EVERY_MS = 3_000;
/** So many in any minute, of all messages together. */
const PER_MINUTE = 40;
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
    const now = this.#now();
    const own = (this.#last.get(key) ?? Number.NEGATIVE_INFINITY) + EVERY_MS - now;
    const oldest = this.#sent.length < PER_MINUTE ? undefined : this.#sent.at(-PER_MINUTE);
    const all = oldest === undefined ? 0 : oldest + MINUTE_MS - now;
    return Math.max(0, own, all);
  }

  sent(key: string): void {
    const now = this.#now();
    this.#last.set(key, now);
    this.#sent = [...this.#sent.filter((at) => at > now - MINUTE_MS), now];
  }

  forget(key: string): void {
    this.#last.delete(key);
  }
}
