import { randomUUID } from 'node:crypto';
import { RetryableError } from '../../src/errors.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, job } from '../job.ts';
import { Follower } from './follower.ts';
import { followerMark, mergedMark } from './keys.ts';
import { followRolloutsPayload } from './payloads.ts';

/** How long somebody who fell silent still counts as following, in milliseconds. */
const LEASE_MS = 6_000;
/** How often whoever follows looks for further merges and says that they still do. */
const TICK_MS = 2_000;
/** Policy, records and age are read again after this, in milliseconds. */
const LOOK_ANYWAY_MS = 10 * 60_000;

/**
 * Follows all that is rolling out on the clusters of one platform, for as long as something is. One process does, by a
 * mark in Redis; two that do by mistake say everything once all the same.
 */
export function followRollouts(deps: JobDeps): Job {
  return job({
    name: 'follow-rollouts',
    queue: 'follows',
    schema: followRolloutsPayload,
    run: async ({ repo: of }, { signal, log }) => {
      const own = randomUUID();
      const lease = followerMark(of);
      await takeLease(deps, lease, own);
      const follower = new Follower({ ...deps, log }, of);
      let seen: string | undefined;
      let lookedAt = 0;
      try {
        for (let isFirst = true; ; isFirst = false) {
          await takeLease(deps, lease, own);
          const merged = await deps.marks.get(mergedMark(of));
          const isLong = performance.now() - lookedAt > LOOK_ANYWAY_MS;
          if (isFirst || isLong || merged !== seen) {
            await follower.lookForMerges();
            lookedAt = performance.now();
          }
          seen = merged;
          const waitMs = await follower.tellWhatIsDue();
          if (follower.isIdle) return;
          if (signal.aborted) throw new RetryableError('stopped following rollouts', { retryInMs: 0 });
          await follower.sleep(Math.min(waitMs, TICK_MS), signal);
        }
      } finally {
        follower.close();
        // Whoever comes next need not wait; without Redis the lease runs out by itself.
        await deps.marks.clear(lease).catch(() => undefined);
      }
    },
  });
}

async function takeLease({ marks }: Pick<JobDeps, 'marks'>, lease: string, own: string): Promise<void> {
  const holder = await marks.take(lease, own, LEASE_MS);
  if (holder !== own) {
    const retryInMs = (await marks.left(lease)) + 500;
    throw new RetryableError('somebody else follows the rollouts', { retryInMs });
  }
  await marks.put(lease, own, LEASE_MS);
}
