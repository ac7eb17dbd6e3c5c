/** How long things take and how often they are looked at; all in milliseconds. */
export interface Timing {
  /** Fetching a new revision. */
  readonly fetchMs: number;
  /** Applying one Kustomization. */
  readonly applyMs: number;
  /** Every interval of the repository is at most this long; as it stands there when left out. */
  readonly longestIntervalMs?: number;
  /** Every time-out of a health check is at most this long. */
  readonly longestTimeoutMs?: number;
}

export const TIMING: Timing = { fetchMs: 400, applyMs: 2_000 };

/** How long Flux waits before it looks at dependencies and missing artifacts again. */
export const REQUEUE_MS = 30_000;

export function interval({ longestIntervalMs = Number.POSITIVE_INFINITY }: Timing, ms: number): number {
  return Math.min(ms, longestIntervalMs);
}
