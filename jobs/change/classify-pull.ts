import { environmentsFollowing } from '../../src/domain/change/followed-branch.ts';
import { type ProductionChange, productionChange } from '../../src/domain/change/production-change.ts';
import type { PullFacts } from '../../src/domain/change/pull-facts.ts';
import type { CommitSha } from '../../src/domain/ids.ts';
import type { JobDeps } from '../deps.ts';
import type { CommittedPlatform } from '../known-platform.ts';
import { readEffects, stateAt } from '../state-at.ts';
import { mergeBaseOf } from './merge-base-of.ts';

type Deps = Pick<JobDeps, 'releases' | 'changes' | 'memory'>;

/** Whether a pull request changes production, by its files against those that it started from. */
export async function classifyPull(
  deps: Deps,
  pull: PullFacts,
  baseHead: CommitSha,
  known: CommittedPlatform,
): Promise<ProductionChange> {
  const { repo, head } = pull;
  if (pull.base !== known.platform.defaultBranch) {
    const environments = environmentsFollowing(pull.base, known.platform, known.policy);
    // What production follows it runs at once; what that does is not looked into, for it may not merge.
    if (environments.length > 0)
      return { kind: 'production', turned: [], environments, why: ['at-merge'], direct: [] };
  }
  const key = `${repo} ${baseHead} ${head}`;
  const kept = deps.memory.productions.get(key);
  if (kept !== undefined) return kept;
  // Without a common ancestor all that it holds counts as new. What is made on top of the base has it as its ancestor.
  const from = pull.standsOn.includes(baseHead)
    ? baseHead
    : ((await mergeBaseOf(deps, repo, baseHead, head)) ?? baseHead);
  const before = await stateAt(deps, repo, from, known.policy);
  const after = await stateAt(deps, repo, head, known.policy);
  const effects = await readEffects(deps, repo, { before, after, kustomizations: after.platform });
  const production = productionChange({ before, after, effects, policy: known.policy });
  deps.memory.productions.put(key, production);
  return production;
}
