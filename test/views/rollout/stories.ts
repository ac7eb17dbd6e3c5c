import type { SlackUserId } from '../../../src/domain/ids.ts';
import type { ManagementView } from '../../../src/domain/rollout/objects.ts';
import { outcomeOf } from '../../../src/domain/rollout/outcome.ts';
import { progressOf } from '../../../src/domain/rollout/progress.ts';
import { addLook, type Track } from '../../../src/domain/rollout/track.ts';
import { type RolloutStory, rolloutMessage } from '../../../src/views/rollout-message.ts';
import {
  after,
  condition,
  kustomization,
  minute,
  plan,
  revision,
  start,
  view,
} from '../../domain/rollout/samples.ts';
import { readAloud } from './read-aloud.ts';

export const pullRequest = { number: 42, url: 'https://example.test/pull/42', title: 'promotion: v2' };
export const requestedBy = 'U0REQUEST1' as SlackUserId;
export const approvedBy = ['U0APPROVE1', 'U0APPROVE2'] as SlackUserId[];
export const patience = { stuckAfterMs: 15 * minute, longestMs: 1_440 * minute };
export const now = start + 3 * minute;

export function story(views: readonly ManagementView[], more: Partial<RolloutStory> = {}): RolloutStory {
  const none: Track = new Map();
  const progress = progressOf(
    plan(),
    views.reduce((track, each) => addLook(track, plan(), each), none),
  );
  const outcome = outcomeOf(plan(), progress, patience, now);
  const pullRequests = [pullRequest];
  return {
    key: 'o/r~1',
    version: 'v2',
    pullRequests,
    toCome: 0,
    startedAt: start,
    approvedBy,
    progress,
    outcome,
    ...more,
  };
}

export const seen = (more: Partial<Parameters<typeof view>[0]>) =>
  view({ at: start + minute, ...after, ...more });
export const read = (views: readonly ManagementView[]) => readAloud(rolloutMessage(story(views), now).blocks);
export const failing = kustomization('v1@a', {
  lastAttempted: revision('v2@b'),
  ready: condition('False', 'ReconciliationFailed', { message: 'Deployment/web dry-run failed: denied' }),
});
