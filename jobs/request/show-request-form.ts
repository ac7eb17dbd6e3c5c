import { PermanentError } from '../../src/errors.ts';
import { onboardForm } from '../../src/views/onboard-form.ts';
import {
  standingFailed,
  standingPolicyBroken,
  standingRefused,
} from '../../src/views/request/standing-answer.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, job } from '../job.ts';
import { knownPlatform } from '../known-platform.ts';
import { showInView } from '../show-in-view.ts';
import { mayChange } from './may-change.ts';
import { type ShowRequestFormPayload, showRequestFormPayload } from './payloads.ts';
import { readStanding } from './read-standing.ts';

/** Draws the form of a request that stands, filled in with what it asks for now. Nothing is written. */
export function showRequestForm(deps: JobDeps): Job {
  return job({
    name: 'show-request-form',
    queue: 'intents',
    schema: showRequestFormPayload,
    run: (payload, context) =>
      showInView(deps.views, payload.viewId, context, {
        draw: () => draw(deps, payload),
        instead: (error) =>
          error instanceof PermanentError ? standingFailed(error.code) : standingRefused('github-away'),
      }),
  });
}

async function draw(deps: JobDeps, { repo, number, askedBy }: ShowRequestFormPayload): Promise<object> {
  const known = await knownPlatform(deps, repo);
  if (known.kind === 'invalid') return standingPolicyBroken(known.problems);
  const standing = await deps.requests.readStanding(repo, number);
  if (!standing?.pull.ours || standing.pull.requestId === undefined) return standingRefused('not-a-request');
  if (!(await mayChange(deps.people, known.policy, standing.pull, askedBy)))
    return standingRefused('may-not-change');
  if (standing.pull.state !== 'open') return standingRefused('ended');
  const asked = await readStanding(deps, standing, known);
  if (asked === undefined) return standingRefused('not-a-request');
  return onboardForm({
    policy: known.policy,
    platform: known.platform,
    values: asked.values,
    notices: [],
    changes: { repo, number, seen: standing.pull.head },
  });
}
