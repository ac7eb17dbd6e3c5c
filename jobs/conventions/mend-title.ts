import type { JobDeps } from '../deps.ts';
import { type Job, job } from '../job.ts';
import { knownPlatform } from '../known-platform.ts';
import { mendTitlePayload } from './payloads.ts';
import { readSuggestedTitle } from './read-conventions.ts';

/**
 * Gives a pull request the title that its check suggests. The suggestion is worked out anew from the title that stands:
 * one that somebody has mended meanwhile stays as it is. What became of it tells the check.
 */
export function mendTitle(deps: JobDeps): Job {
  return job({
    name: 'mend-title',
    queue: 'intents',
    schema: mendTitlePayload,
    run: async ({ repo, number, by }, { log }) => {
      const pull = await deps.conventions.readConventionPull(repo, number);
      if (pull === undefined || !pull.isOpen) return;
      const known = await knownPlatform(deps, repo);
      const title = known.kind === 'ok' ? await readSuggestedTitle(deps, pull, known.policy) : undefined;
      if (title !== undefined) await deps.conventions.setTitle(repo, number, title);
      log.info({ repo, pull: number, by, mended: title !== undefined }, 'asked to mend a title');
      await deps.hints.lookAtConventions(repo, number);
    },
  });
}
