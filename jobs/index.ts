import { answerQueue } from './answer-queue.ts';
import { changeIntent } from './change/change-intent.ts';
import { freeze } from './change/freeze.ts';
import { promote } from './change/promote.ts';
import { showChanges } from './change/show-changes.ts';
import { mendTitle } from './conventions/mend-title.ts';
import type { JobDeps } from './deps.ts';
import type { Job } from './job.ts';
import { lookAtChange } from './look-at-change.ts';
import { lookAtChanges } from './look-at-changes.ts';
import { lookAtConventions } from './look-at-conventions.ts';
import { lookAtPlatform } from './look-at-platform.ts';
import { lookAtPull } from './look-at-pull.ts';
import { lookAtRelease } from './look-at-release.ts';
import { lookAtRequest } from './look-at-request.ts';
import { onboard } from './onboard/onboard.ts';
import { cutRelease } from './release/cut-release.ts';
import { showRelease } from './release/show-release.ts';
import { showStatus } from './release/show-status.ts';
import { changeRequest } from './request/change-request.ts';
import { lookAtIssue } from './request/look-at-issue.ts';
import { showRequestForm } from './request/show-request-form.ts';
import { withdrawRequest } from './request/withdraw-request.ts';
import { followRollouts } from './rollout/follow-rollouts.ts';
import { showRollout } from './rollout/show-rollout.ts';
import { showWhy } from './rollout/show-why.ts';
import { tryAgain } from './rollout/try-again.ts';
import { showFleet } from './show-fleet.ts';
import { sweep } from './sweep.ts';
import { editTenant } from './tenant-life/edit-tenant.ts';
import { showTenant } from './tenant-life/show-tenant.ts';

/** Every job there is. */
export function catalogue(deps: JobDeps): readonly Job[] {
  return [
    onboard(deps),
    showRequestForm(deps),
    changeRequest(deps),
    withdrawRequest(deps),
    showRelease(deps),
    cutRelease(deps),
    showStatus(deps),
    showFleet(deps),
    showTenant(deps),
    editTenant(deps),
    lookAtPlatform(deps),
    lookAtRequest(deps),
    lookAtIssue(deps),
    lookAtRelease(deps),
    promote(deps),
    changeIntent(deps),
    freeze(deps),
    showChanges(deps),
    lookAtPull(deps),
    lookAtConventions(deps),
    mendTitle(deps),
    lookAtChange(deps),
    lookAtChanges(deps),
    answerQueue(deps),
    followRollouts(deps),
    showRollout(deps),
    showWhy(deps),
    tryAgain(deps),
    sweep(deps),
  ];
}
