const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Go's notation of a duration (`5m0s`) in milliseconds; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, amount, unit = 's'] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g))
    sum += Number(amount) * (UNITS[unit] ?? 0);
  // 1.015 s are 1,015 ms, whatever binary fractions make of them.
  return Math.round(sum * 1_000) / 1_000;
}

/** Milliseconds as Go prints them: `4m30s`, `1.25s`. */
export function goDuration(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const seconds = (ms % 60_000) / 1_000;
  if (hours === 0 && minutes === 0 && ms < 1_000) return `${Math.round(ms)}ms`;
  const tail = `${Number(seconds.toFixed(3))}s`;
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${tail}`;
}
