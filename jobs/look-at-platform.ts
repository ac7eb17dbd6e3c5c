import { understand } from '../src/domain/understand.ts';
import type { JobDeps } from './deps.ts';
import { type Job, job } from './job.ts';
import { lookAtPlatformPayload } from './payloads.ts';

/** Reads the platform repository again, so that forms and previews have it at hand. */
export function lookAtPlatform({ github, snapshots }: Pick<JobDeps, 'github' | 'snapshots'>): Job {
  return job({
    name: 'look-at-platform',
    queue: 'looks',
    schema: lookAtPlatformPayload,
    run: async ({ repo }, { log }) => {
      const snapshot = await github.readSnapshot(repo);
      await snapshots.put(snapshot);
      const understanding = understand(snapshot.files);
      if (understanding.kind === 'ok') return;
      log.error(
        { repo, problems: understanding.problems },
        'the policy file has mistakes; no request can be taken',
      );
    },
  });
}
