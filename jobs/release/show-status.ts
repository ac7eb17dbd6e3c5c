import { platformStatus } from '../../src/domain/release/platform-status.ts';
import type { ReleaseFacts } from '../../src/domain/release/release-facts.ts';
import { type NoteEntry, noteEntries } from '../../src/domain/release/release-notes.ts';
import { highestTag } from '../../src/domain/release/version.ts';
import { PermanentError } from '../../src/errors.ts';
import { statusUnavailable, statusView } from '../../src/views/release/status.ts';
import { authorise } from '../authorise.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, job } from '../job.ts';
import { freshPlatform, type Understood } from '../known-platform.ts';
import { type ShowStatusPayload, showStatusPayload } from '../payloads.ts';
import type { Log } from '../ports.ts';
import { showInView } from '../show-in-view.ts';
import { headWish } from './draft-form.ts';
import { planRelease } from './plan-release.ts';

/** Draws where the platform stands into the view that a person opened. */
export function showStatus(deps: JobDeps): Job {
  return job({
    name: 'show-status',
    queue: 'intents',
    schema: showStatusPayload,
    run: (payload, context) =>
      showInView(deps.views, payload.viewId, context, {
        draw: () => draw(deps, payload, context.log),
        instead: (error) =>
          statusUnavailable(
            error instanceof PermanentError ? { kind: 'failed', code: error.code } : { kind: 'github-away' },
          ),
      }),
  });
}

async function draw(deps: JobDeps, { repo, askedBy }: ShowStatusPayload, log: Log): Promise<object> {
  if (!(await authorise(deps.people, 'members', askedBy))) return statusUnavailable({ kind: 'not-allowed' });
  // What is under way has to be what GitHub says now.
  const known = await freshPlatform(deps, repo);
  if (known.kind === 'invalid') {
    return statusUnavailable({ kind: 'policy-invalid', problems: known.problems });
  }
  const facts = await deps.releases.readReleaseFacts(repo);
  const entries = await waiting(deps, facts, known, log);
  const { openPulls } = known;
  return statusView(platformStatus(known.platform, known.policy, { ...facts, entries, openPulls }));
}

/** What the default branch holds that the last release does not; undefined when it cannot be told. */
async function waiting(
  deps: JobDeps,
  facts: ReleaseFacts,
  known: Understood,
  log: Log,
): Promise<readonly NoteEntry[] | undefined> {
  const from = highestTag(facts.tags, known.policy.release.tagPrefix);
  if (from?.commit === facts.head) return [];
  try {
    const { range, generated } = await planRelease(deps, headWish(facts, from, known), known, log);
    return noteEntries(range, generated);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    log.warn({ err: error, repo: facts.repo }, 'cannot tell what waits for the next release');
    return undefined;
  }
}
