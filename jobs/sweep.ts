import type { RepoName } from '../src/domain/ids.ts';
import type { JobDeps } from './deps.ts';
import { type Job, job } from './job.ts';
import { pulseMark, sweepPayload } from './payloads.ts';
import type { Pulse } from './ports.ts';
import { seenMark } from './seen.ts';

type SweepDeps = Pick<JobDeps, 'repos' | 'github' | 'snapshots' | 'marks' | 'hints'>;

/**
 * How long after its last change an ended request is still looked at when nothing is remembered of it: longer than
 * any outage worth catching up on, short enough that a flushed Redis does not bring the whole history back.
 */
const CATCH_UP_MS = 24 * 60 * 60 * 1000;

/** Finds what a lost webhook would have told: one cheap query per repository, then hints for what changed. */
export function sweep(deps: SweepDeps): Job {
  return job({
    name: 'sweep',
    queue: 'looks',
    schema: sweepPayload,
    run: async () => {
      for (const repo of deps.repos) await sweepRepository(deps, repo);
    },
  });
}

async function sweepRepository(deps: SweepDeps, repo: RepoName): Promise<void> {
  const pulse = await deps.github.readPulse(repo);
  const snapshot = await deps.snapshots.current(repo);
  const changed = await changedPulls(deps.marks, repo, pulse);
  const isBehind = snapshot?.files.commit !== pulse.head;
  if (isBehind || changed.length > 0) await deps.hints.lookAtPlatform(repo);
  for (const { number } of changed) await deps.hints.lookAtRequest(repo, number);
  if (!isBehind) await deps.marks.put(pulseMark(repo), String(pulse.at), CATCH_UP_MS);
}

async function changedPulls(marks: JobDeps['marks'], repo: RepoName, pulse: Pulse): Promise<Pulse['pulls']> {
  const changed = [];
  for (const pull of pulse.pulls.filter((each) => each.ours)) {
    const seen = await marks.get(seenMark(repo, pull.number));
    const isNews = seen === undefined ? isWorthCatchingUp(pull, pulse.at) : seen < pull.updatedAt;
    if (isNews) changed.push(pull);
  }
  return changed;
}

function isWorthCatchingUp(pull: Pulse['pulls'][number], now: number): boolean {
  return pull.isOpen || now - Date.parse(pull.updatedAt) < CATCH_UP_MS;
}
