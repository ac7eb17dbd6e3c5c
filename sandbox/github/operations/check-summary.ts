import type { State } from '../state.ts';
import type { CheckConclusion, CheckRun, CheckSuite, CommitStatus } from '../types.ts';

export type RollupState = 'ERROR' | 'EXPECTED' | 'FAILURE' | 'PENDING' | 'SUCCESS';

const failing: readonly (CheckConclusion | null)[] = [
  'failure',
  'timed_out',
  'cancelled',
  'action_required',
  'stale',
];

/** The runs of a commit, newest first. */
export function checkRunsOf(state: State, sha: string): readonly CheckRun[] {
  return [...state.checkRuns.values()].filter((run) => run.headSha === sha).reverse();
}

/** Of several runs of one name by one App only the newest counts. */
export function latestCheckRuns(runs: readonly CheckRun[]): readonly CheckRun[] {
  const newest = new Map<string, CheckRun>();
  for (const run of runs.toSorted((one, other) => other.id - one.id)) {
    const key = `${run.appId} ${run.name}`;
    if (!newest.has(key)) newest.set(key, run);
  }
  return [...newest.values()];
}

/** The newest status of each context, newest first. */
export function latestStatuses(state: State, sha: string): readonly CommitStatus[] {
  const newest = new Map<string, CommitStatus>();
  for (const status of state.statuses.toReversed())
    if (status.sha === sha && !newest.has(status.context)) newest.set(status.context, status);
  return [...newest.values()];
}

/** What GitHub shows for all checks and statuses of a commit together; undefined when there are none. */
export function rollupState(
  runs: readonly CheckRun[],
  statuses: readonly CommitStatus[],
): RollupState | undefined {
  if (runs.length === 0 && statuses.length === 0) return undefined;
  if (statuses.some((status) => status.state === 'error')) return 'ERROR';
  if (runs.some((run) => run.status === 'completed' && failing.includes(run.conclusion))) return 'FAILURE';
  if (statuses.some((status) => status.state === 'failure')) return 'FAILURE';
  if (runs.some((run) => run.status !== 'completed')) return 'PENDING';
  return statuses.some((status) => status.state === 'pending') ? 'PENDING' : 'SUCCESS';
}

/** The combined status of REST: `failure` if any failed or erred, `pending` if any is or there is none. */
export function combinedState(statuses: readonly CommitStatus[]): 'failure' | 'pending' | 'success' {
  if (statuses.some((status) => status.state === 'error' || status.state === 'failure')) return 'failure';
  return statuses.length === 0 || statuses.some((status) => status.state === 'pending')
    ? 'pending'
    : 'success';
}

export interface SuiteSummary {
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion: CheckConclusion | null;
  readonly runs: readonly CheckRun[];
}

const worstFirst: readonly CheckConclusion[] = [
  'action_required',
  'failure',
  'timed_out',
  'cancelled',
  'stale',
  'success',
  'neutral',
  'skipped',
];

/** A suite is what its newest runs make it: completed when all are, with the worst conclusion. */
export function summariseSuite(state: State, suite: CheckSuite): SuiteSummary {
  const runs = latestCheckRuns([...state.checkRuns.values()].filter((run) => run.suiteId === suite.id));
  if (runs.length === 0) return { status: 'queued', conclusion: null, runs };
  if (runs.some((run) => run.status !== 'completed')) {
    const started = runs.some((run) => run.status !== 'queued');
    return { status: started ? 'in_progress' : 'queued', conclusion: null, runs };
  }
  const conclusion = worstFirst.find((each) => runs.some((run) => run.conclusion === each)) ?? 'neutral';
  return { status: 'completed', conclusion, runs };
}
