import type { JobDeps } from './deps.ts';
import { type Job, job } from './job.ts';
import { lookAtPlatformPayload } from './payloads.ts';

/** Reads the platform repository again, so that forms and previews have it at hand. */
export function lookAtPlatform({ github, snapshots }: Pick<JobDeps, 'github' | 'snapshots'>): Job {
  return job({
    name: 'look-at-platform',
    queue: 'looks',
    schema: lookAtPlatformPayload,
    run: async ({ repo }) => snapshots.put(await github.readSnapshot(repo)),
  });
}
