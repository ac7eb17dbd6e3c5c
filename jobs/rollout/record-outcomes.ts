import { changesOf } from '../../src/domain/change/changes-of.ts';
import { ledgerPlace } from '../change/ledger-place.ts';
import { recordId } from '../change/record-id.ts';
import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';
import type { Telling } from './telling.ts';

type Deps = Pick<JobDeps, 'book' | 'hints'> & { readonly log: Log };

/**
 * Records how the rollout of each pull request of a change ended, and has the change looked at: waves hang on it. What
 * failed and recovered may fail again; each is a record of its own.
 *
 * @returns whether anything was to be recorded.
 */
export async function recordOutcomes(
  { book, hints, log }: Deps,
  { rollout, told, known, now }: Pick<Telling, 'rollout' | 'told' | 'known' | 'now'>,
): Promise<boolean> {
  const { repo, change, parts } = rollout;
  if (change === undefined) return false;
  let isNews = false;
  for (const { pull, recorded } of parts) {
    const outcome = told.outcomes.get(pull.number)?.kind;
    if ((outcome !== 'applied' && outcome !== 'failed') || outcome === recorded?.outcome) continue;
    log.info({ repo, change: change.number, pull: pull.number, outcome }, 'rollout seen');
    await book.append(ledgerPlace(repo, known.policy), ({ records }) => {
      const last = changesOf(records).get(change.number)?.applied.get(pull.number);
      if (last?.outcome === outcome) return undefined;
      return {
        id: recordId(repo, `rollout-${pull.number}-${(last?.times ?? 0) + 1}`),
        at: new Date(now).toISOString(),
        policy: known.commit,
        deed: { kind: 'applied', change: change.number, pull: pull.number, outcome },
      };
    });
    isNews = true;
  }
  if (isNews) await hints.lookAtChange(repo, change.number);
  return isNews;
}
