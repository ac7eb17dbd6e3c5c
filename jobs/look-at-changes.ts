import type { Change } from '../src/domain/change/change.ts';
import { changesOf } from '../src/domain/change/changes-of.ts';
import type { RepoName } from '../src/domain/ids.ts';
import { ledgerPlace } from './change/ledger-place.ts';
import { lookAtChangesPayload } from './change/payloads.ts';
import type { JobDeps } from './deps.ts';
import { type Job, job } from './job.ts';
import { knownPlatform } from './known-platform.ts';
import { mayRollOut } from './rollout/may-roll-out.ts';
import { stageOf } from './rollout/rollout.ts';
import { isSettled } from './rollout/settled.ts';

type Deps = Pick<JobDeps, 'github' | 'snapshots' | 'book' | 'hints' | 'marks'>;

/** Asks for a look at every change that is open: a tag, the default branch, a freeze or the time has changed. */
export function lookAtChanges(deps: Deps): Job {
  return job({
    name: 'look-at-changes',
    queue: 'looks',
    schema: lookAtChangesPayload,
    run: async ({ repo }) => {
      const known = await knownPlatform(deps, repo);
      if (known.kind === 'invalid') return;
      const { records } = await deps.book.read(ledgerPlace(repo, known.policy), { maxAgeMs: LEDGER_AGE_MS });
      const changes = [...changesOf(records).values()];
      for (const { number, ended } of changes)
        if (ended === undefined) await deps.hints.lookAtChange(repo, number);
      if (await isRollingOut(deps, repo, changes)) await deps.hints.followRollouts(repo);
    },
  });
}

/** A change that was opened so many milliseconds ago is looked at by whoever opened it. */
const LEDGER_AGE_MS = 2_000;

/** Whether something may be rolling out that nobody follows, as after a crash. */
async function isRollingOut({ marks }: Deps, repo: RepoName, changes: readonly Change[]): Promise<boolean> {
  for (const change of changes.filter(mayRollOut)) {
    if (!(await isSettled({ marks }, stageOf(repo, change)))) return true;
  }
  return false;
}
