/**
 * The smallest of the values that at least this share of them does not exceed.
 *
 * @param share from 0 to 1: 0.5 is the median, 0.99 the 99th percentile.
 * @throws when there are no values.
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new Error('there are no values to sum up');
  return value;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
