import { placeOfTurn, turnRollout } from '../../src/domain/change/part-rollout.ts';
import { managementClusters } from '../../src/domain/rollout/management-clusters.ts';
import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';
import { ledgerPlace } from './ledger-place.ts';
import { recordId } from './record-id.ts';
import type { ChangeScene } from './scene.ts';

type Deps = Pick<JobDeps, 'book' | 'fleet'> & { readonly log: Log };
type Merged = ChangeScene['change']['merged'][number];

/** Whether it is still to be seen what became of a merge on its cluster. */
export function isRollingOut({
  change,
  known,
  facts,
}: Pick<ChangeScene, 'change' | 'known' | 'facts'>): boolean {
  const longestMs = known.policy.rollout.longestMinutes * 60_000;
  return change.merged.some(
    ({ pull, subject, at }) =>
      subject?.turns.some(({ target }) => target !== undefined) === true &&
      change.applied.get(pull)?.outcome !== 'applied' &&
      facts.at - Date.parse(at) < longestMs,
  );
}

/** Records that what was merged is applied everywhere, or that it failed, by what the management clusters show now. */
export async function recordApplied(deps: Deps, scene: ChangeScene): Promise<boolean> {
  if (!isRollingOut(scene)) return false;
  let isNews = false;
  for (const merged of scene.change.merged) {
    if (merged.subject === undefined || scene.change.applied.get(merged.pull)?.outcome === 'applied')
      continue;
    const outcome = await outcomeOf(deps, scene, merged);
    if (outcome === undefined || outcome === scene.change.applied.get(merged.pull)?.outcome) continue;
    isNews = true;
    await record(deps, scene, merged, outcome);
  }
  return isNews;
}

async function outcomeOf(
  { fleet }: Deps,
  { known: { policy, platform } }: ChangeScene,
  { subject }: Merged,
): Promise<'applied' | 'failed' | undefined> {
  const clusters = managementClusters(policy, platform);
  const found: ('applied' | 'failed' | undefined)[] = [];
  for (const turn of subject?.turns ?? []) {
    const management = clusters.find(({ folder }) => folder === placeOfTurn(turn).management);
    found.push(management && turnRollout(turn, await fleet.look(management)));
  }
  if (found.includes('failed')) return 'failed';
  return found.length > 0 && found.every((each) => each === 'applied') ? 'applied' : undefined;
}

async function record(
  { book, log }: Deps,
  { repo, change, known, facts }: ChangeScene,
  { pull }: Merged,
  outcome: 'applied' | 'failed',
): Promise<void> {
  log.info({ repo, change: change.number, pull, outcome }, 'rollout seen');
  await book.append(ledgerPlace(repo, known.policy), () => ({
    id: recordId(repo, `rollout-${pull}-${outcome}`),
    at: new Date(facts.at).toISOString(),
    policy: known.commit,
    deed: { kind: 'applied', change: change.number, pull, outcome },
  }));
}
