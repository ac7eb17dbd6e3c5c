import type { JobDeps } from './deps.ts';
import { type Job, job } from './job.ts';
import { knownPlatform } from './known-platform.ts';
import { takeBackDouble } from './onboard/take-back-double.ts';
import { type KnownPull, tellOfRequest } from './onboard/tell-of-request.ts';
import { lookAtRequestPayload } from './payloads.ts';
import { markSeen, pullObject } from './seen.ts';

/** Looks at one request's pull request and does what is missing: it does not matter what happened to it. */
export function lookAtRequest(deps: JobDeps): Job {
  return job({
    name: 'look-at-request',
    queue: 'looks',
    schema: lookAtRequestPayload,
    run: async ({ repo, number }, { log }) => {
      const pull = await deps.github.readPull(repo, number);
      if (!pull) return;
      const { requestId } = pull;
      if (pull.ours && requestId !== undefined) {
        const known = await knownPlatform(deps, repo);
        // Not seen before it was told of: the sweep comes back to it until the policy can be read again.
        if (known.kind === 'invalid') return;
        const told: KnownPull = { ...pull, requestId };
        if (!(await takeBackDouble({ ...deps, log }, told)))
          await tellOfRequest({ ...deps, ...known, log }, told);
      }
      await markSeen(deps.marks, pullObject(repo, number), pull.updatedAt);
    },
  });
}
