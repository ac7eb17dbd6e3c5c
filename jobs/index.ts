import type { JobDeps } from './deps.ts';
import type { Job } from './job.ts';
import { lookAtPlatform } from './look-at-platform.ts';
import { lookAtRequest } from './look-at-request.ts';
import { onboard } from './onboard/onboard.ts';
import { sweep } from './sweep.ts';

/** Every job there is. */
export function catalogue(deps: JobDeps): readonly Job[] {
  return [onboard(deps), lookAtPlatform(deps), lookAtRequest(deps), sweep(deps)];
}
