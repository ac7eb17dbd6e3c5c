import type { CommitSha, RepoName } from '../../src/domain/ids.ts';
import type { ReleasePlan } from './release-plan.ts';

/** How many plans are kept: those that people look at just now. */
const MOST = 8;
const KEPT_MS = 60 * 60 * 1000;

/**
 * What was last worked out between two commits, so that what a person was shown is what is released, and costs no
 * request twice. A replica that does not have it works it out again.
 */
export interface PlanCache {
  get(repo: RepoName, from: CommitSha | undefined, to: CommitSha): ReleasePlan | undefined;
  put(repo: RepoName, plan: ReleasePlan): void;
}

/** @param now milliseconds on a clock that never jumps. */
export function createPlanCache(now: () => number = () => performance.now()): PlanCache {
  const plans = new Map<string, { readonly plan: ReleasePlan; readonly until: number }>();
  const key = (repo: RepoName, from: CommitSha | undefined, to: CommitSha) => `${repo} ${from ?? ''} ${to}`;
  return {
    get(repo, from, to) {
      const kept = plans.get(key(repo, from, to));
      return kept !== undefined && kept.until > now() ? kept.plan : undefined;
    },
    put(repo, plan) {
      const name = key(repo, plan.range.from?.commit, plan.range.to);
      plans.delete(name);
      plans.set(name, { plan, until: now() + KEPT_MS });
      const oldest = plans.keys().next();
      if (plans.size > MOST && !oldest.done) plans.delete(oldest.value);
    },
  };
}
