import type { Outage } from '../../kubernetes/cluster.ts';

interface Choice {
  readonly id: string;
  readonly text: string;
  readonly outage: Outage | null;
}

/** How a cluster may answer the bot. */
export const OUTAGES: readonly Choice[] = [
  { id: 'none', text: 'answers', outage: null },
  { id: 'timeout', text: 'never answers', outage: { kind: 'timeout' } },
  { id: 'half-open', text: 'watches are dead', outage: { kind: 'half-open' } },
  { id: 'gone', text: 'cuts connections', outage: { kind: 'gone' } },
  { id: 'error-503', text: 'answers 503', outage: { kind: 'error', status: 503 } },
  { id: 'error-401', text: 'answers 401', outage: { kind: 'error', status: 401 } },
  { id: 'error-429', text: 'answers 429, in 5 s', outage: { kind: 'error', status: 429, retryAfter: 5 } },
];

export function outageId(outage: Outage | undefined): string {
  if (!outage) return 'none';
  return outage.kind === 'error' ? `error-${outage.status}` : outage.kind;
}
