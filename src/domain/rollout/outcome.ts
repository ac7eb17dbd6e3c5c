import type { Source } from '../platform.ts';
import type { RolloutPlan } from './plan.ts';
import { isThrough, type LegProgress, type Member, type Progress } from './progress.ts';

/** One thing that went wrong, and where. */
export interface Failure {
  readonly management: string;
  readonly cluster: string | undefined;
  /** A source, a Kustomization or a HelmRelease, by `namespace/name`. */
  readonly object: { readonly kind: 'source' | 'kustomization' | 'helm-release'; readonly id: string };
  /** Flux's reason, or `moved-tag` or `missing-tag`. */
  readonly reason: string;
  readonly line: string;
}

export type Outcome =
  | { readonly kind: 'under-way' }
  /** Durations in milliseconds from the merge: until everything had applied, and for each cluster. */
  | {
      readonly kind: 'applied';
      readonly tookMs: number;
      readonly clusters: readonly ClusterDuration[];
    }
  | { readonly kind: 'failed'; readonly failures: readonly Failure[] }
  /** Nothing has moved for the policy's time, or it has gone on for longer than the policy lets a rollout. */
  | { readonly kind: 'stuck'; readonly sinceMs: number }
  | {
      readonly kind: 'superseded';
      readonly by: string;
      /** Whether it had run everywhere before. */
      readonly ran?: boolean | undefined;
    };

export interface ClusterDuration {
  readonly management: string;
  readonly cluster: string | undefined;
  readonly tookMs: number;
}

export interface Patience {
  /** Milliseconds without any movement after which a rollout is stuck. */
  readonly stuckAfterMs: number;
  /** Milliseconds after which a rollout is stuck whatever moves. */
  readonly longestMs: number;
}

/**
 * What has become of a rollout. Failed and stuck may still turn into applied while it is looked at; superseded and
 * applied are final.
 */
export function outcomeOf(plan: RolloutPlan, progress: Progress, patience: Patience, now: number): Outcome {
  if (isApplied(progress)) return applied(plan, progress);
  const by = plan.supersededBy ?? supersededBy(plan, progress, now);
  if (by !== undefined) return { kind: 'superseded', by };
  const failures = failuresOf(progress);
  if (failures.length > 0) return { kind: 'failed', failures };
  const quietMs = now - progress.movedAt;
  const isOver = quietMs >= patience.stuckAfterMs || now - plan.startedAt >= patience.longestMs;
  return isOver ? { kind: 'stuck', sinceMs: quietMs } : { kind: 'under-way' };
}

function isApplied({ managements }: Progress): boolean {
  return managements.length > 0 && managements.every(({ legs }) => legs.every(isThrough));
}

function applied(plan: RolloutPlan, { managements }: Progress): Outcome {
  const clusters = managements.flatMap(({ management, legs }) => {
    const members = legs.flatMap((leg) => leg.members);
    return [...Map.groupBy(members, ({ cluster }) => cluster)].map(([cluster, each]) => ({
      management,
      cluster,
      tookMs: Math.max(0, ...each.map(({ appliedAt }) => (appliedAt ?? plan.startedAt) - plan.startedAt)),
    }));
  });
  const fetched = managements.flatMap(({ legs }) => legs.map(({ fetchedAt }) => fetchedAt ?? plan.startedAt));
  const tookMs = Math.max(
    0,
    ...clusters.map((each) => each.tookMs),
    ...fetched.map((at) => at - plan.startedAt),
  );
  return { kind: 'applied', tookMs, clusters };
}

/**
 * Kinds of objects are watched one by one, so a view may show what was applied before it shows what that did. What is
 * final waits for longer than a broken watch takes to be repaired, in milliseconds.
 */
const CERTAIN_MS = 2 * 60_000;

/**
 * The ref that took a promotion's place: its source follows another though the management cluster has applied a commit
 * with this promotion in it, so that only a later change can have set it.
 */
function supersededBy(plan: RolloutPlan, { managements }: Progress, now: number): string | undefined {
  for (const [index, { legs, seenAt = 0 }] of managements.entries()) {
    const [first, ...others] = legs;
    for (const { sourceState, fetchedAt } of first === undefined ? [] : others) {
      if (sourceState.kind !== 'following-another') continue;
      const hasLeft = fetchedAt !== undefined && fetchedAt < seenAt;
      const isCertain = first !== undefined && now - first.movedAt >= CERTAIN_MS;
      if (hasLeft || (isCertain && movedOn(plan, index, first))) return refName(sourceState.follows);
    }
  }
  return undefined;
}

function refName(follows: Source['ref']): string {
  if (follows.kind === 'tag') return follows.tag;
  return follows.kind === 'branch' ? follows.branch : follows.text;
}

/** Whether a management cluster has applied a commit that came after the merge. */
function movedOn(plan: RolloutPlan, index: number, first: LegProgress | undefined): boolean {
  const expected = plan.managements[index]?.legs[0]?.expected;
  if (first === undefined || !isThrough(first)) return false;
  const { sourceState } = first;
  return (
    expected?.kind === 'commit' &&
    sourceState.kind === 'at' &&
    sourceState.revision.commit !== expected.commit
  );
}

function failuresOf({ managements }: Progress): readonly Failure[] {
  return managements.flatMap(({ management, legs }) =>
    legs.flatMap((leg) => [
      ...sourceFailure(management, leg),
      ...leg.members.flatMap((member) => memberFailures(management, member)),
    ]),
  );
}

function sourceFailure(management: string, { source, sourceState: state }: LegProgress): readonly Failure[] {
  const object = { kind: 'source', id: source } as const;
  const where = { management, cluster: undefined, object };
  switch (state.kind) {
    case 'failed':
      return [{ ...where, reason: state.reason, line: state.line }];
    case 'missing-tag':
      return [{ ...where, reason: 'missing-tag', line: state.line }];
    case 'moved-tag':
      return [{ ...where, reason: 'moved-tag', line: state.found }];
    default:
      return [];
  }
}

function memberFailures(management: string, { id, cluster, state, helm }: Member): readonly Failure[] {
  const where = { management, cluster };
  const made = helm.flatMap((release): readonly Failure[] => {
    if (release.state.kind !== 'failed') return [];
    const { reason, line } = release.state;
    return [{ ...where, object: { kind: 'helm-release', id: release.id }, reason, line }];
  });
  if (state.kind !== 'failed') return made;
  const { reason, line } = state;
  return [{ ...where, object: { kind: 'kustomization', id }, reason, line }, ...made];
}
