import { allManagementClusters } from '../../src/domain/rollout/management-clusters.ts';
import { addLook, type Track } from '../../src/domain/rollout/track.ts';
import { unknownCommits } from '../../src/domain/rollout/unknown-commits.ts';
import type { JobDeps } from '../deps.ts';
import type { CommittedPlatform } from '../known-platform.ts';
import type { Rollout, RolloutPart } from './rollout.ts';

/**
 * One look at each management cluster that a rollout goes through, told by GitHub's clock.
 *
 * @param aheadMs GitHub's clock less ours, in milliseconds.
 * @returns pull request -> what was seen of its merge.
 */
export async function lookAround(
  { fleet, releases }: Pick<JobDeps, 'fleet' | 'releases'>,
  { repo, parts }: Rollout,
  { policy, platform }: CommittedPlatform,
  aheadMs: number,
): Promise<ReadonlyMap<number, Track>> {
  const names = new Set(parts.flatMap(({ plan }) => plan.managements.map(({ management }) => management)));
  const clusters = allManagementClusters(policy, platform).filter(({ name }) => names.has(name));
  const views = await Promise.all(
    clusters.map(async (cluster) => {
      const view = await fleet.look(cluster);
      return view.kind === 'silent'
        ? { ...view, at: view.at + aheadMs, since: view.since + aheadMs }
        : { ...view, at: view.at + aheadMs };
    }),
  );
  const see = async ({ pull, plan, descendants }: RolloutPart): Promise<readonly [number, Track]> => {
    for (const commit of views.flatMap((view) => unknownCommits(plan, view)))
      if (await releases.isAncestor(repo, pull.commit, commit)) descendants.add(commit);
    const none: Track = new Map();
    return [pull.number, views.reduce((track, view) => addLook(track, plan, view), none)];
  };
  return new Map(await Promise.all(parts.map(see)));
}
