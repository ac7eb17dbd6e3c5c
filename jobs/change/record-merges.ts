import type { Deed } from '../../src/domain/change/record.ts';
import type { GitHubLogin } from '../../src/domain/ids.ts';
import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';
import { announceMerge } from '../rollout/announce-merge.ts';
import { ledgerPlace } from './ledger-place.ts';
import { recordId } from './record-id.ts';
import type { ChangeScene } from './scene.ts';

type Deps = Pick<JobDeps, 'book' | 'marks' | 'hints'> & { readonly log: Log };

/**
 * Records what GitHub shows as merged and no record tells. A merge that was not ours went past the approval, whoever
 * had agreed by then.
 */
export async function recordMerges(deps: Deps, scene: ChangeScene): Promise<boolean> {
  const { book, log } = deps;
  const { repo, change, parts } = scene;
  const news = parts.flatMap(({ pull }) =>
    pull?.merged && !change.merged.some((each) => each.pull === pull.number) ? [pull] : [],
  );
  for (const { number, merged, head } of news) {
    if (merged === undefined) continue;
    const past = merged.byUs ? undefined : (merged.by ?? ('unknown' as GitHubLogin));
    if (past !== undefined)
      log.error({ repo, pull: number, change: change.number, by: past }, 'merged past the approval');
    const agreed = change.approvals.filter(({ subjects }) =>
      subjects.some((each) => each.pull === number && each.head === head),
    );
    const isBack = change.what.kind === 'promotion' && change.what.back;
    await recordMerge(book, scene, {
      pull: number,
      commit: merged.commit,
      subject: agreed.flatMap(({ subjects }) => subjects).findLast((each) => each.pull === number),
      past,
      approvedBy:
        past === undefined ? [...(isBack ? [change.requester] : []), ...agreed.map(({ by }) => by)] : [],
    });
  }
  if (news.length > 0) await announceMerge(deps, repo);
  return news.length > 0;
}

type Merge = Omit<Extract<Deed, { kind: 'merged' }>, 'kind' | 'change'>;

/** One merge is one record, whoever comes first to write it. */
export async function recordMerge(
  book: Pick<JobDeps['book'], 'append'>,
  { repo, change, known, facts }: ChangeScene,
  merge: Merge,
): Promise<void> {
  await book.append(ledgerPlace(repo, known.policy), () => ({
    id: recordId(repo, `merged-${merge.pull}`),
    at: new Date(facts.at).toISOString(),
    policy: known.commit,
    deed: { kind: 'merged', change: change.number, ...merge },
  }));
}
