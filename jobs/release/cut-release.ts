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
import { draftForm } from './draft-form.ts';
import { said } from './keys.ts';
import { type Published, publish } from './publish.ts';

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

async function run(deps: JobDeps, payload: CutReleasePayload, context: JobContext): Promise<void> {
  const known = await knownPlatform(deps, payload.repo);
  if (known.kind === 'invalid') return tell(deps, payload, failed(payload, 'policy-invalid'));
  const person = await authorise(deps.people, known.policy.release.who, payload.askedBy);
  if (!person) return tell(deps, payload, failed(payload, 'not-allowed'));
  const work = () => publish(deps, payload, person, known, context.log);
  const outcome = await attempt(work, context, () => showWait(deps, payload));
  if (outcome.kind === 'failed') return tell(deps, payload, failed(payload, outcome.code));
  if (outcome.kind === 'moved') return askAgain(deps, payload, known, context);
  if (outcome.kind === 'refuse') return tell(deps, payload, refused(payload, outcome));
  const { repo, tag } = payload;
  context.log.info({ repo, tag, id: outcome.id }, 'release published');
  await deps.hints.lookAtRelease(repo, outcome.id, tag);
  await tell(deps, payload, { kind: 'released', tag, url: outcome.url });
}

/** What came of it; a failure that trying again can mend is thrown on. */
async function attempt(
  work: () => Promise<Published>,
  { attempt: tries, log }: JobContext,
  tellOfWait: () => Promise<unknown>,
): Promise<Published | { readonly kind: 'failed'; readonly code: string }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PermanentError) {
      log.error({ err: error }, 'a release cannot be cut');
      return { kind: 'failed', code: error.code };
    }
    // The first failure is often the only one: nobody need hear of it.
    if (error instanceof RetryableError && tries > 1) {
      await tellOfWait().catch((cause: unknown) => log.warn({ err: cause }, 'cannot tell of a wait'));
    }
    if (error instanceof RetryableError || tries < TRIES_OF_OURS) throw error;
    log.error({ err: error }, 'a release fails for a reason of our own');
    return { kind: 'failed', code: 'unexpected' };
  }
}

function showWait({ views }: JobDeps, { viewId, tag }: CutReleasePayload): Promise<unknown> {
  return views.update(viewId, releaseWaiting(tag));
}

/** The default branch has moved: the form comes back with what came on top, and all that was typed. */
async function askAgain(
  deps: JobDeps,
  payload: CutReleasePayload,
  known: Understood,
  { log }: JobContext,
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

function refused(
  { tag, values }: CutReleasePayload,
  refusal: Extract<Published, { kind: 'refuse' }>,
): ReleaseEnd {
  return refusal.code === 'tag-exists'
    ? { ...refusal, kind: 'refused', tag, values }
    : { ...refusal, kind: 'refused', values };
}

function failed({ values }: CutReleasePayload, code: string): ReleaseEnd {
  return { kind: 'failed', code, values };
}

async function tell(deps: JobDeps, payload: CutReleasePayload, end: ReleaseEnd): Promise<void> {
  await tellDirectly(deps, payload, end);
  await deps.views.update(payload.viewId, releaseEnd(end));
}

async function tellDirectly(deps: JobDeps, payload: CutReleasePayload, end: ReleaseEnd): Promise<void> {
  const { requestId, askedBy, askedAt } = payload;
  const place = { kind: 'person', user: askedBy } as const;
  await deps.speaker.sayOnce(said.end(requestId), place, releaseDirect(end), {
    fresh: false,
    since: askedAt,
  });
}
