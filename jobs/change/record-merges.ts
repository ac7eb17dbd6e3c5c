import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';
import { ledgerPlace } from './ledger-place.ts';
import type { ChangeScene } from './scene.ts';

type Deps = Pick<JobDeps, 'book'> & { readonly log: Log };

/**
 * Records what GitHub shows as merged and no record tells. A merge that was not ours went past the approval, whoever
 * had agreed by then.
 */
export async function recordMerges({ book, log }: Deps, scene: ChangeScene): Promise<boolean> {
  const { repo, change, facts, known, parts } = scene;
  const news = parts.flatMap(({ pull }) =>
    pull?.merged && !change.merged.some((each) => each.pull === pull.number) ? [pull] : [],
  );
  for (const { number, merged } of news) {
    if (merged === undefined) continue;
    const past = merged.byUs ? undefined : merged.by;
    if (!merged.byUs)
      log.error({ repo, pull: number, change: change.number, by: past }, 'merged past the approval');
    await book.append(ledgerPlace(repo, known.policy), () => ({
      id: `merged-${number}`,
      at: new Date(facts.at).toISOString(),
      policy: known.commit,
      deed: {
        kind: 'merged',
        change: change.number,
        pull: number,
        commit: merged.commit,
        subject: change.approvals
          .flatMap(({ subjects }) => subjects)
          .findLast((each) => each.pull === number),
        past,
        approvedBy: merged.byUs ? change.approvals.map(({ by }) => by) : [],
      },
    }));
  }
  return news.length > 0;
}
