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
/** The same while a tag is not there, or the policy has mistakes, in milliseconds. */
const LOOK_UNSURE_MS = 30_000;
/** While GitHub is away it is asked this seldom, in milliseconds. */
const AWAY_MS = 10_000;
/** GitHub's reads may be this old, in milliseconds. */
const LAG_MS = 35_000;

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
      const looks = new Looks();
      try {
        for (let isFirst = true; ; isFirst = false) {
          await takeLease(deps, lease, own);
          const merged = await deps.marks.get(mergedMark(of));
          if (looks.isDue(merged, follower)) {
            await follower.lookForMerges().catch((error: unknown) => {
              // What is followed goes on while GitHub is away.
              if (isFirst || !(error instanceof RetryableError)) throw error;
              log.warn({ err: error }, 'cannot look for merges');
              looks.haveFailed();
            });
          }
          const waitMs = await follower.tellWhatIsDue();
          if (follower.isIdle && !looks.isAwaited) return;
          if (signal.aborted) throw new RetryableError('stopped following rollouts', { retryInMs: 0 });
          await follower.sleep(Math.min(waitMs, TICK_MS), signal);
        }
      } finally {
        follower.close();
        // Whoever comes next need not wait; without Redis the lease runs out by itself.
        await giveUpLease(deps, lease, own).catch(() => undefined);
      }
    },
  });
}

/** Says when merges are to be looked for. */
class Looks {
  #merged: string | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** GitHub's reads lag behind: what was just merged is looked for once more. */
  #againAt: number | undefined;

  /** Whether a further look is due soon, though nothing is followed. */
  get isAwaited(): boolean {
    return this.#againAt !== undefined;
  }

  /** @param merged changes with every merge that is announced. */
  isDue(merged: string | undefined, { isOutdated, isUnsure }: Follower): boolean {
    const now = performance.now();
    const isNews = this.#lookedAt === Number.NEGATIVE_INFINITY || merged !== this.#merged;
    const isAgain = this.#againAt !== undefined && now >= this.#againAt;
    const restMs = isUnsure ? LOOK_UNSURE_MS : LOOK_ANYWAY_MS;
    if (!isNews && !isAgain && !isOutdated && now - this.#lookedAt < restMs) return false;
    this.#merged = merged;
    this.#lookedAt = now;
    if (isNews) this.#againAt = now + LAG_MS;
    else if (isAgain) this.#againAt = undefined;
    return true;
  }

  haveFailed(): void {
    this.#againAt = performance.now() + AWAY_MS;
  }
}

async function takeLease({ marks }: Pick<JobDeps, 'marks'>, lease: string, own: string): Promise<void> {
  const holder = await marks.take(lease, own, LEASE_MS);
  if (holder !== own) {
    const retryInMs = (await marks.left(lease)) + 500;
    throw new RetryableError('somebody else follows the rollouts', { retryInMs });
  }
  await marks.put(lease, own, LEASE_MS);
}

/** One that somebody else has taken since stays theirs. */
async function giveUpLease({ marks }: Pick<JobDeps, 'marks'>, lease: string, own: string): Promise<void> {
  if ((await marks.get(lease)) === own) await marks.clear(lease);
}
