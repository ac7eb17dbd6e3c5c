import { goDuration } from './duration.ts';
import { named } from './health.ts';
import type { Identity } from './inventory.ts';
import { sleep } from './sleep.ts';

interface Waiting {
  readonly checks: readonly Identity[];
  /** Whether something has failed for good, so that waiting is pointless. */
  readonly stalled: boolean;
  /** What is not healthy yet. */
  waiting(): readonly string[];
  superseded(): boolean;
  readonly timeoutMs: number;
  readonly pollMs: number;
}

type Health =
  | { readonly kind: 'canceled'; readonly message: string }
  | {
      readonly kind: 'known';
      readonly status: 'True' | 'False';
      readonly reason: 'Succeeded' | 'HealthCheckFailed';
      readonly message: string;
    };

/** What usually is not healthy, if anything is. */
const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'HelmRelease']);

/** Waits until everything is healthy, time is over, or there is something newer to do. */
export async function awaitHealth(waiting: Waiting): Promise<Health> {
  const began = performance.now();
  const took = () => goDuration(performance.now() - began);
  const failed = (why: string): Health => ({
    kind: 'known',
    status: 'False',
    reason: 'HealthCheckFailed',
    message: `health check failed after ${took()}: ${why}`,
  });
  const victim = waiting.checks.find(({ kind }) => WORKLOADS.has(kind)) ?? waiting.checks[0];
  if (waiting.stalled && victim) {
    await sleep(waiting.pollMs);
    return failed(`failed early due to stalled resources: [${named(victim, 'Failed')}]`);
  }
  for (;;) {
    const behind = waiting.waiting();
    if (behind.length === 0)
      return {
        kind: 'known',
        status: 'True',
        reason: 'Succeeded',
        message: `Health check passed in ${took()}`,
      };
    if (waiting.superseded())
      return { kind: 'canceled', message: 'health check canceled: a new reconciliation was triggered' };
    if (performance.now() - began >= waiting.timeoutMs)
      return failed(`timeout waiting for: [${behind.join(', ')}]`);
    await sleep(waiting.pollMs);
  }
}
