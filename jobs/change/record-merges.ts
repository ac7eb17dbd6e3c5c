import type { Deed, Ledger } from '../../src/domain/change/record.ts';
import type { GitHubLogin } from '../../src/domain/ids.ts';
import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';
import { announceMerge } from '../rollout/announce-merge.ts';
import { withLedger } from './change-scene.ts';
import { ledgerPlace } from './ledger-place.ts';
import { recordId } from './record-id.ts';
import type { ChangeScene, Step } from './scene.ts';

type Deps = JobDeps & { readonly log: Log };

/**
 * Records what GitHub shows as merged and no record tells. A merge that was not ours went past the approval, whoever
 * had agreed by then.
 */
export async function recordMerges(deps: Deps, scene: ChangeScene): Promise<Step> {
  const { log } = deps;
  const { repo, change, parts } = scene;
  // A damaged ledger takes no record; what was merged is still there when it is mended.
  if (scene.ledger.damage.length > 0) return false;
  const news = parts.flatMap(({ pull }) =>
    pull?.merged && !change.merged.some((each) => each.pull === pull.number) ? [pull] : [],
  );
  let ledger = scene.ledger;
  const isOver = parts.every(({ pull }) => pull?.state === 'merged');
  for (const { number, merged, head } of news) {
    if (merged === undefined) continue;
    const past = merged.byUs ? undefined : (merged.by ?? ('unknown' as GitHubLogin));
    if (past !== undefined)
      log.error({ repo, pull: number, change: change.number, by: past }, 'merged past the approval');
    const agreed = change.approvals.filter(({ subjects }) =>
      subjects.some((each) => each.pull === number && each.head === head),
    );
    const isBack = change.what.kind === 'promotion' && change.what.back;
    const isLast = isOver && number === news.at(-1)?.number;
    ledger = await recordMerge(deps, scene, {
      pull: number,
      commit: merged.commit,
      subject: agreed.flatMap(({ subjects }) => subjects).findLast((each) => each.pull === number),
      past,
      approvedBy:
        past === undefined ? [...(isBack ? [change.requester] : []), ...agreed.map(({ by }) => by)] : [],
      ...(isLast && { last: true }),
    });
  }
  return news.length > 0 && { next: await withLedger(deps, scene, ledger) };
}

type Merge = Omit<Extract<Deed, { kind: 'merged' }>, 'kind' | 'change'>;

/** One merge is one record, whoever comes first to write it; from then on its rollout is followed. */
export async function recordMerge(
  deps: Pick<JobDeps, 'book' | 'marks' | 'hints'>,
  { repo, change, known, facts }: ChangeScene,
  merge: Merge,
): Promise<Ledger> {
  const { ledger } = await deps.book.append(ledgerPlace(repo, known.policy), () => ({
    id: recordId(repo, `merged-${merge.pull}`),
    at: new Date(facts.at).toISOString(),
    policy: known.commit,
    deed: { kind: 'merged', change: change.number, ...merge },
  }));
  await announceMerge(deps, repo);
  return ledger;
}
