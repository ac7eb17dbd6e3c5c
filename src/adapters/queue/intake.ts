import type { Intake } from '../../../handlers/ports.ts';
import type { Hints } from '../../../jobs/ports.ts';
import type { RepoName } from '../../domain/ids.ts';
import type { Enqueuer } from './queues.ts';

/** Longest a door waits for Redis: Slack's 3 s, less what the rest of an acknowledgement takes. */
const DOOR_MS = 2_000;

/** The doors' way into the queue. */
export function createIntake(enqueuer: Enqueuer): Intake {
  const hints = createHints(enqueuer, DOOR_MS);
  return {
    onboard: (payload) =>
      enqueuer.enqueueIntent('onboard', payload.requestId, payload, { timeoutMs: DOOR_MS }),
    showRelease: (payload) =>
      enqueuer.enqueueIntent('show-release', payload.viewId, payload, { timeoutMs: DOOR_MS }),
    cutRelease: (payload) =>
      enqueuer.enqueueIntent('cut-release', payload.requestId, payload, { timeoutMs: DOOR_MS }),
    showStatus: (payload) =>
      enqueuer.enqueueIntent('show-status', payload.viewId, payload, { timeoutMs: DOOR_MS }),
    showFleet: (payload) =>
      enqueuer.enqueueIntent('show-fleet', payload.viewId, payload, { timeoutMs: DOOR_MS }),
    lookAtPlatform: hints.lookAtPlatform,
    lookAtRelease: hints.lookAtRelease,
    lookAtRequest: (repo, number) => hints.lookAtRequest(repo, number),
  };
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
    lookAtRelease: (repo, id, tag) =>
      enqueuer.enqueueHint('look-at-release', `${repo}!${id}`, { v: 1, repo, id, tag }, { timeoutMs }),
  };
}
