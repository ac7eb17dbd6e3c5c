import { ledgerPlace } from '../change/ledger-place.ts';
import { recordId } from '../change/record-id.ts';
import type { JobDeps } from '../deps.ts';
import type { Log } from '../ports.ts';
import type { Telling } from './telling.ts';

type Deps = Pick<JobDeps, 'book' | 'hints'> & { readonly log: Log };

/** Records how the rollout of each pull request of a change ended, and has the change looked at: waves hang on it. */
export async function recordOutcomes(
  { book, hints, log }: Deps,
  { rollout, told, known, now }: Pick<Telling, 'rollout' | 'told' | 'known' | 'now'>,
): Promise<void> {
  const { repo, change, parts } = rollout;
  if (change === undefined) return;
  let isNews = false;
  for (const { pull, recorded } of parts) {
    const outcome = told.outcomes.get(pull.number)?.kind;
    if ((outcome !== 'applied' && outcome !== 'failed') || outcome === recorded) continue;
    log.info({ repo, change: change.number, pull: pull.number, outcome }, 'rollout seen');
    await book.append(ledgerPlace(repo, known.policy), () => ({
      id: recordId(repo, `rollout-${pull.number}-${outcome}`),
      at: new Date(now).toISOString(),
      policy: known.commit,
      deed: { kind: 'applied', change: change.number, pull: pull.number, outcome },
    }));
    isNews = true;
  }
  if (isNews) await hints.lookAtChange(repo, change.number);
}
