import type { Intake } from '../../../handlers/ports.ts';
import type { Hints } from '../../../jobs/ports.ts';
import type { RepoName } from '../../domain/ids.ts';
import type { Enqueuer } from './queues.ts';

/** Longest a door waits for Redis: Slack's 3 s, less what the rest of an acknowledgement takes. */
const DOOR_MS = 2_000;

/** The doors' way into the queue. */
export function createIntake(enqueuer: Enqueuer): Intake {
  const hints = createHints(enqueuer, DOOR_MS);
  const intent = (name: string, actionId: string, payload: object) =>
    enqueuer.enqueueIntent(name, actionId, payload, { timeoutMs: DOOR_MS });
  return {
    onboard: (payload) => intent('onboard', payload.requestId, payload),
    showTenant: (payload, once) => intent('show-tenant', once, payload),
    editTenant: (payload) => intent('edit-tenant', editId(payload), payload),
    showRequestForm: (payload) => intent('show-request-form', payload.viewId, payload),
    changeRequest: (payload) => intent('change-request', payload.changeId, payload),
    withdrawRequest: (payload) => intent('withdraw-request', payload.actionId, payload),
    showRelease: (payload) => intent('show-release', payload.viewId, payload),
    cutRelease: (payload) => intent('cut-release', payload.requestId, payload),
    showStatus: (payload) => intent('show-status', payload.viewId, payload),
    showFleet: (payload) => intent('show-fleet', payload.viewId, payload),
    changeIntent: (payload) => intent('change-intent', payload.actionId, payload),
    promote: (payload) => intent('promote', payload.requestId, payload),
    freeze: (payload) => intent('freeze', payload.actionId, payload),
    showChanges: (payload, once = payload.viewId) => intent('show-changes', once, payload),
    showRollout: (payload) => intent('show-rollout', payload.viewId, payload),
    showWhy: (payload) => intent('show-why', payload.viewId, payload),
    tryAgain: (payload) => intent('try-again', payload.actionId, payload),
    lookAtPlatform: hints.lookAtPlatform,
    lookAtRelease: hints.lookAtRelease,
    lookAtRequest: (repo, number) => hints.lookAtRequest(repo, number),
    lookAtIssue: hints.lookAtIssue,
    lookAtPull: (repo, number) => hints.lookAtPull(repo, number),
    lookAtConventions: (repo, number, again = false) =>
      enqueuer.enqueueHint(
        'look-at-conventions',
        `${repo}#${number}`,
        { v: 1, repo, number, ...(again ? { again } : {}) },
        { timeoutMs: DOOR_MS },
      ),
    mendTitle: (payload) => intent('mend-title', payload.actionId, payload),
    lookAtChange: (repo, number) => hints.lookAtChange(repo, number),
    lookAtChanges: hints.lookAtChanges,
    answerQueue: (repo, head, ref) =>
      enqueuer.enqueueHint(
        'answer-queue',
        `${repo}@${head}`,
        { v: 1, repo, head, ref },
        { timeoutMs: DOOR_MS },
      ),
  };
}

/** What one person says of an offboarding is a deed of its own. */
function editId({ requestId, answer }: Parameters<Intake['editTenant']>[0]): string {
  return answer === undefined ? requestId : `${requestId}-${answer.kind}-${answer.by}`;
}

/** The jobs' way to ask for a further look. */
export function createHints(enqueuer: Enqueuer, timeoutMs = 5_000): Hints {
  return {
    lookAtPlatform: (repo: RepoName) =>
      enqueuer.enqueueHint('look-at-platform', repo, { v: 1, repo }, { timeoutMs }),
    lookAtRequest: (repo, number, { delayMs = 0 } = {}) =>
      enqueuer.enqueueHint(
        'look-at-request',
        `${repo}#${number}`,
        { v: 1, repo, number },
        { delayMs, timeoutMs },
      ),
    lookAtIssue: (repo, number) =>
      enqueuer.enqueueHint('look-at-issue', `${repo}#${number}`, { v: 1, repo, number }, { timeoutMs }),
    lookAtRelease: (repo, id, tag) =>
      enqueuer.enqueueHint('look-at-release', `${repo}!${id}`, { v: 1, repo, id, tag }, { timeoutMs }),
    lookAtPull: (repo, number, { delayMs = 0 } = {}) =>
      enqueuer.enqueueHint(
        'look-at-pull',
        `${repo}#${number}`,
        { v: 1, repo, number },
        { delayMs, timeoutMs },
      ),
    lookAtConventions: (repo, number) =>
      enqueuer.enqueueHint('look-at-conventions', `${repo}#${number}`, { v: 1, repo, number }, { timeoutMs }),
    lookAtChange: (repo, number, { delayMs = 0 } = {}) =>
      enqueuer.enqueueHint(
        'look-at-change',
        `${repo}~${number}`,
        { v: 1, repo, number },
        { delayMs, timeoutMs },
      ),
    followRollouts: (repo: RepoName) =>
      enqueuer.enqueueHint('follow-rollouts', repo, { v: 1, repo }, { timeoutMs, queue: 'follows' }),
    lookAtChanges: (repo: RepoName) =>
      enqueuer.enqueueHint('look-at-changes', repo, { v: 1, repo }, { timeoutMs }),
  };
}
