import type { ManagementView } from '../../../src/domain/rollout/objects.ts';
import { type Outcome, outcomeOf } from '../../../src/domain/rollout/outcome.ts';
import type { RolloutPlan } from '../../../src/domain/rollout/plan.ts';
import { progressOf } from '../../../src/domain/rollout/progress.ts';
import { addLook, type Track } from '../../../src/domain/rollout/track.ts';
import { condition, kustomization, minute, plan, revision, start } from './samples.ts';

export const patience = { stuckAfterMs: 15 * minute, longestMs: 1_440 * minute };

/** What a rollout shows after these looks. */
export function follow(views: readonly ManagementView[], thePlan: RolloutPlan = plan()) {
  const none: Track = new Map();
  return progressOf(
    thePlan,
    views.reduce((track, each) => addLook(track, thePlan, each), none),
  );
}

/** What has become of it, by default at the time of the last look. */
export function outcome(
  views: readonly ManagementView[],
  more: Partial<RolloutPlan> = {},
  now?: number,
): Outcome {
  const thePlan = plan(more);
  return outcomeOf(
    thePlan,
    follow(views, thePlan),
    patience,
    now ?? Math.max(start, ...views.map(({ at }) => at)),
  );
}

export const failing = kustomization('v1@a', {
  lastAttempted: revision('v2@b'),
  ready: condition('False', 'ReconciliationFailed', { message: 'denied' }),
});
export const busy = kustomization('v1@a', {
  lastAttempted: revision('v2@b'),
  ready: condition('Unknown', 'Progressing'),
  reconciling: condition('True', 'Progressing'),
});
export const silent: ManagementView = {
  kind: 'silent',
  management: 'aws',
  at: start + 9 * minute,
  since: start,
  why: 'no-answer',
};
export const at2 = { follows: { kind: 'tag', tag: 'v2' } } as const;
