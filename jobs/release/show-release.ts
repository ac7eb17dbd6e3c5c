import { PermanentError } from '../../src/errors.ts';
import { releaseUnavailable } from '../../src/views/release/release-unavailable.ts';
import { authorise } from '../authorise.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, job } from '../job.ts';
import { knownPlatform } from '../known-platform.ts';
import { type ShowReleasePayload, showReleasePayload } from '../payloads.ts';
import type { Log } from '../ports.ts';
import { showInView } from '../show-in-view.ts';
import { draftForm } from './draft-form.ts';

/** Draws the release form into the view that a person opened. Nothing is written. */
export function showRelease(deps: JobDeps): Job {
  return job({
    name: 'show-release',
    queue: 'intents',
    schema: showReleasePayload,
    run: (payload, context) =>
      showInView(deps.views, payload.viewId, context, {
        draw: () => draw(deps, payload, context.log),
        instead: (error) =>
          releaseUnavailable(
            error instanceof PermanentError ? { kind: 'failed', code: error.code } : { kind: 'github-away' },
          ),
      }),
  });
}

async function draw(deps: JobDeps, { repo, askedBy }: ShowReleasePayload, log: Log): Promise<object> {
  const known = await knownPlatform(deps, repo);
  if (known.kind === 'invalid')
    return releaseUnavailable({ kind: 'policy-invalid', problems: known.problems });
  const person = await authorise(deps.people, known.policy.release.who, askedBy);
  if (!person) return releaseUnavailable({ kind: 'not-allowed' });
  return draftForm(deps, { repo }, known, log);
}
