import type { Outcome } from './outcome.ts';
import type { ManagementProgress, Progress } from './progress.ts';

/**
 * What has become of a rollout of several merges, from each one's outcome: trouble first, and applied only when all
 * are.
 *
 * @param isComplete false while further merges are to come.
 */
export function combineOutcomes(outcomes: readonly Outcome[], isComplete: boolean): Outcome {
  const failures = outcomes.flatMap((each) => (each.kind === 'failed' ? each.failures : []));
  if (failures.length > 0) return { kind: 'failed', failures };
  const stuck = outcomes.flatMap((each) => (each.kind === 'stuck' ? [each.sinceMs] : []));
  if (stuck.length > 0) return { kind: 'stuck', sinceMs: Math.min(...stuck) };
  if (outcomes.length === 0 || outcomes.some(({ kind }) => kind === 'under-way'))
    return { kind: 'under-way' };
  if (!isComplete) return { kind: 'under-way' };
  const overtaken = outcomes.flatMap((each) => (each.kind === 'superseded' ? [each] : []));
  const [first] = overtaken;
  if (first !== undefined) return { ...first, ran: overtaken.every(({ ran }) => ran) };
  const applied = outcomes.flatMap((each) => (each.kind === 'applied' ? [each] : []));
  return {
    kind: 'applied',
    tookMs: Math.max(...applied.map(({ tookMs }) => tookMs)),
    clusters: applied.flatMap(({ clusters }) => clusters),
  };
}

/** The progress of several merges as one; a management cluster that several go through stands in it once. */
export function combineProgress(all: readonly Progress[]): Progress {
  const byName = Map.groupBy(
    all.flatMap(({ managements }) => managements),
    ({ management }) => management,
  );
  const managements = [...byName].map(
    ([management, each]): ManagementProgress => ({
      management,
      silence: each.find(({ silence }) => silence !== undefined)?.silence,
      seenAt: each.find(({ seenAt }) => seenAt !== undefined)?.seenAt,
      legs: each.flatMap(({ legs }) => legs),
    }),
  );
  return { managements, movedAt: Math.max(0, ...all.map(({ movedAt }) => movedAt)) };
}
