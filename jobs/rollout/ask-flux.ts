import {
  allManagementClusters,
  type ManagementCluster,
} from '../../src/domain/rollout/management-clusters.ts';
import { RetryableError } from '../../src/errors.ts';
import type { JobDeps } from '../deps.ts';
import type { Understood } from '../known-platform.ts';
import type { Log } from '../ports.ts';
import { askedMark } from './keys.ts';
import type { Rollout } from './rollout.ts';

type Deps = Pick<JobDeps, 'fleet' | 'marks'> & { readonly log: Log };

/** A merge that is older was fetched by polling already, or never will be; milliseconds. */
const FRESH_MS = 10 * 60_000;
const KEPT_MS = 24 * 60 * 60_000;

/**
 * Asks Flux to fetch what was just merged, once for each source on its way, so that nobody waits for polling. The
 * annotation bears the merge's own time: asking twice is asking once.
 *
 * @param at milliseconds since the epoch by GitHub's clock.
 * @returns the management clusters where the bot has no right to.
 */
export async function askFlux(
  deps: Deps,
  rollout: Rollout,
  { policy, platform }: Understood,
  at: number,
): Promise<readonly string[]> {
  if (!policy.rollout.requestReconciliation) return [];
  const clusters = new Map(allManagementClusters(policy, platform).map((each) => [each.name, each]));
  const refused: string[] = [];
  for (const { pull, plan } of rollout.parts) {
    if (at - pull.at > FRESH_MS) continue;
    for (const { management, legs } of plan.managements) {
      const cluster = clusters.get(management);
      const sources = legs.flatMap(({ source, expected }) => (expected.kind === 'commit' ? [source] : []));
      for (const source of cluster === undefined ? [] : new Set(sources)) {
        const mark = askedMark(`${rollout.key} ${pull.number}`, `${management} ${source}`);
        if (cluster === undefined) continue;
        const before = await deps.marks.get(mark);
        const answer = before ?? (await ask(deps, cluster, source, pull.at));
        if (answer === 'not-allowed') refused.push(management);
        if (before === undefined && answer !== 'away') await deps.marks.put(mark, answer, KEPT_MS);
      }
    }
  }
  return [...new Set(refused)];
}

/** A cluster that does not answer is shown as that; Flux polls by itself meanwhile. */
async function ask(
  { fleet, log }: Deps,
  cluster: ManagementCluster,
  source: string,
  mergedAt: number,
): Promise<'asked' | 'not-allowed' | 'absent' | 'away'> {
  try {
    const at = new Date(mergedAt).toISOString();
    return await fleet.requestReconciliation(cluster, { kind: 'source', id: source }, at);
  } catch (error) {
    log.warn({ err: error, management: cluster.name, source }, 'cannot ask Flux to fetch a merge');
    return error instanceof RetryableError ? 'away' : 'absent';
  }
}
