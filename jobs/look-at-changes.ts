import type { Change } from '../src/domain/change/change.ts';
import { changesOf } from '../src/domain/change/changes-of.ts';
import { ledgerPlace } from './change/ledger-place.ts';
import { lookAtChangesPayload } from './change/payloads.ts';
import type { JobDeps } from './deps.ts';
import { type Job, job } from './job.ts';
import { knownPlatform } from './known-platform.ts';

/** Asks for a look at every change that is open: a tag, the default branch, a freeze or the time has changed. */
export function lookAtChanges(deps: Pick<JobDeps, 'github' | 'snapshots' | 'book' | 'hints'>): Job {
  return job({
    name: 'look-at-changes',
    queue: 'looks',
    schema: lookAtChangesPayload,
    run: async ({ repo }) => {
      const known = await knownPlatform(deps, repo);
      if (known.kind === 'invalid') return;
      const { records } = await deps.book.read(ledgerPlace(repo, known.policy));
      for (const change of changesOf(records).values()) {
        if (change.ended === undefined || mayRollOut(change))
          await deps.hints.lookAtChange(repo, change.number);
      }
    },
  });
}

/** What was merged last may still be rolling out, in milliseconds; it bounds the search and decides nothing. */
const FRESH_MS = 24 * 60 * 60 * 1000;

function mayRollOut({ merged, applied }: Change): boolean {
  return merged.some(
    ({ pull, at, subject }) =>
      Date.now() - Date.parse(at) < FRESH_MS &&
      subject?.turns.some(({ target }) => target !== undefined) === true &&
      applied.get(pull)?.outcome !== 'applied',
  );
}
