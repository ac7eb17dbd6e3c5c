import { PermanentError, RetryableError } from '../../src/errors.ts';
import {
  type ReleaseEnd,
  releaseDirect,
  releaseEnd,
  releaseWaiting,
} from '../../src/views/release/release-end.ts';
import { authorise } from '../authorise.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, type JobContext, job } from '../job.ts';
import { knownPlatform, type Understood } from '../known-platform.ts';
import { type CutReleasePayload, cutReleasePayload } from '../payloads.ts';
import type { Log } from '../ports.ts';
import { draftForm } from './draft-form.ts';
import { said } from './keys.ts';
import { letGo, type Published, publish } from './publish.ts';

/** How often a run may fail by a mistake of ours before the asker is told, a minute or two in all. */
const TRIES_OF_OURS = 8;

/**
 * A person's release, from the form to a release that stands, and the news of it. Every run looks first at what stands
 * already, so that it may end anywhere and be run again.
 */
export function cutRelease(deps: JobDeps): Job {
  return job({
    name: 'cut-release',
    queue: 'intents',
    schema: cutReleasePayload,
    run: (payload, context) => run(deps, payload, context),
  });
}

/** Whatever cannot succeed any more is told to the asker, with all that was typed. */
async function run(deps: JobDeps, payload: CutReleasePayload, context: JobContext): Promise<void> {
  const { attempt, log } = context;
  try {
    await cut(deps, payload, context);
  } catch (error) {
    const isOurs = !(error instanceof RetryableError || error instanceof PermanentError);
    // The first failure is often the only one: nobody need hear of it.
    if (error instanceof RetryableError && attempt > 1) await showWait(deps, payload, log);
    if (error instanceof RetryableError || (isOurs && attempt < TRIES_OF_OURS)) throw error;
    log.error({ err: error }, 'a release cannot be cut');
    const code = error instanceof PermanentError ? error.code : 'unexpected';
    await tell(deps, payload, failed(payload, code), log);
    // Not before it is told: a run that comes again would take a tag of its own for somebody else's.
    await letGo(deps, payload);
  }
}

async function cut(deps: JobDeps, payload: CutReleasePayload, { log }: JobContext): Promise<void> {
  const known = await knownPlatform(deps, payload.repo);
  if (known.kind === 'invalid') return tell(deps, payload, failed(payload, 'policy-invalid'), log);
  const person = await authorise(deps.people, known.policy.release.who, payload.askedBy);
  if (!person) return tell(deps, payload, failed(payload, 'not-allowed'), log);
  const outcome = await publish(deps, payload, person, known, log);
  if (outcome.kind === 'tag-only') {
    return tell(deps, payload, { ...failed(payload, outcome.code), tag: payload.tag }, log);
  }
  if (outcome.kind === 'moved') return askAgain(deps, payload, known, log);
  if (outcome.kind === 'refuse') return tell(deps, payload, refused(payload, outcome), log);
  const { repo, tag } = payload;
  log.info({ repo, tag, id: outcome.id }, 'release published');
  await deps.hints.lookAtRelease(repo, outcome.id, tag);
  await tell(deps, payload, { kind: 'released', tag, url: outcome.url }, log);
}

async function showWait({ views }: JobDeps, { viewId, tag }: CutReleasePayload, log: Log): Promise<void> {
  await views
    .update(viewId, releaseWaiting(tag))
    .catch((cause: unknown) => log.warn({ err: cause }, 'cannot tell of a wait'));
}

/** The default branch has moved: the form comes back with what came on top, and all that was typed. */
async function askAgain(
  deps: JobDeps,
  payload: CutReleasePayload,
  known: Understood,
  log: Log,
): Promise<void> {
  const { repo, values, shown, viewId } = payload;
  const form = await draftForm(deps, { repo, values, earlier: shown.commit }, known, log);
  if ((await deps.views.update(viewId, form)) === 'shown') return;
  // Whoever closed the form hears of it, for they think that it was released.
  await tellDirectly(deps, payload, {
    kind: 'refused',
    code: 'moved',
    branch: known.platform.defaultBranch,
    values,
  });
}

function refused(payload: CutReleasePayload, refusal: Extract<Published, { kind: 'refuse' }>): ReleaseEnd {
  const { tag, values } = payload;
  switch (refusal.code) {
    case 'tag-exists':
      return { ...refusal, kind: 'refused', tag, values };
    case 'released-meanwhile':
      return { ...refusal, kind: 'refused', values };
    case 'tag-gone':
    case 'version-unfit':
    case 'not-on-branch':
      return failed(payload, refusal.code);
  }
}

function failed({ values }: CutReleasePayload, code: string): Extract<ReleaseEnd, { kind: 'failed' }> {
  return { kind: 'failed', code, values };
}

async function tell(deps: JobDeps, payload: CutReleasePayload, end: ReleaseEnd, log: Log): Promise<void> {
  try {
    await tellDirectly(deps, payload, end);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    log.error({ err: error, user: payload.askedBy }, 'cannot tell the asker of the end');
  }
  await deps.views.update(payload.viewId, releaseEnd(end));
}

async function tellDirectly(deps: JobDeps, payload: CutReleasePayload, end: ReleaseEnd): Promise<void> {
  const { requestId, askedBy, askedAt } = payload;
  const place = { kind: 'person', user: askedBy } as const;
  await deps.speaker.sayOnce(said.end(requestId), place, releaseDirect(end), {
    since: askedAt,
  });
}
