/** Counts what was spent within the last `spanMs` milliseconds. */
export interface SlidingWindow {
  /** Milliseconds until `amount` more fits; 0 when it fits now. */
  waitMs(amount: number, now: number): number;
  spend(amount: number, now: number): void;
}

/** @param limit what may be spent within any `spanMs` milliseconds. */
export function slidingWindow(limit: number, spanMs: number): SlidingWindow {
  let spent: { readonly at: number; readonly amount: number }[] = [];
  const drop = (now: number) => {
    spent = spent.filter(({ at }) => at > now - spanMs);
  };
  return {
    waitMs(amount, now) {
      drop(now);
      let over = spent.reduce((sum, each) => sum + each.amount, 0) + amount - limit;
      let wait = 0;
      for (const each of spent) {
        if (over <= 0) break;
        over -= each.amount;
        wait = each.at + spanMs - now;
      }
      return wait;
    },
    spend(amount, now) {
      if (amount > 0) spent.push({ at: now, amount });
    },
  };
}
