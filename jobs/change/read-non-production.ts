import { nonProduction } from '../../src/domain/change/non-production.ts';
import type { NonProduction } from '../../src/domain/change/sheet.ts';
import type { CommitSha } from '../../src/domain/ids.ts';
import { managementClusters } from '../../src/domain/rollout/management-clusters.ts';
import { RetryableError } from '../../src/errors.ts';
import type { JobDeps } from '../deps.ts';
import { isAncestor } from './is-ancestor.ts';
import type { ChangeScene } from './scene.ts';

/** More different revisions than this on one fleet are not compared one by one. */
const MOST_REVISIONS = 8;

/**
 * How what is promoted does where it runs already, as the clusters show it now; undefined for what is no promotion.
 * Clusters that do not answer never hold up a change.
 */
export async function readNonProduction(
  deps: Pick<JobDeps, 'fleet' | 'releases' | 'memory'>,
  { repo, change, known, facts }: ChangeScene,
): Promise<NonProduction | undefined> {
  const commit = change.what.kind === 'promotion' ? facts.tags.get(change.what.tag) : undefined;
  if (commit === undefined || change.ended !== undefined) return undefined;
  const { platform, policy } = known;
  const seen = await Promise.all(
    managementClusters(policy, platform).map(async (management) => ({
      management,
      view: await deps.fleet.look(management),
    })),
  );
  // Asked for first, for most revisions on a fleet decide nothing here.
  const revisions = new Set<CommitSha>();
  nonProduction({ seen, platform, policy, contains: (revision) => void revisions.add(revision) });
  const contains = new Map<CommitSha, boolean>();
  for (const revision of [...revisions].slice(0, MOST_REVISIONS)) {
    const has = await isAncestor(deps, repo, commit, revision).catch((error: unknown) => {
      if (error instanceof RetryableError) return undefined;
      throw error;
    });
    if (has !== undefined) contains.set(revision, has);
  }
  return nonProduction({ seen, platform, policy, contains: (revision) => contains.get(revision) });
}
