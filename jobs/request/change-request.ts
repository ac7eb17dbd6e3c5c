import { decideEdit } from '../../src/domain/request/decide-edit.ts';
import { PermanentError, RetryableError } from '../../src/errors.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, type JobContext, job } from '../job.ts';
import { freshPlatform, knownPlatform } from '../known-platform.ts';
import { READS_LAG_MS } from '../onboard/keys.ts';
import { tellChanged, tellNotChanged } from './change-news.ts';
import { mayChange } from './may-change.ts';
import type { Changed, NotChanged } from './outcome.ts';
import { type ChangeRequestPayload, changeRequestPayload } from './payloads.ts';
import { writeChange } from './write-change.ts';

/** How often a run may fail by a mistake of ours before the person is told, a minute or two in all. */
const TRIES_OF_OURS = 8;

/**
 * A person's change of a request that stands: one further commit on its branch, its text, its reviewers, its thread.
 * Every run looks first at what stands already, so that it may end anywhere and be run again.
 */
export function changeRequest(deps: JobDeps): Job {
  return job({
    name: 'change-request',
    queue: 'intents',
    schema: changeRequestPayload,
    run: (payload, context) => run(deps, payload, context),
  });
}

async function run(deps: JobDeps, payload: ChangeRequestPayload, context: JobContext): Promise<void> {
  const outcome = await attempt(() => bring(deps, payload, context), context);
  if (outcome.kind === 'changed') {
    const { changeId, askedBy, askedAt } = payload;
    const by = { slackId: askedBy, name: '' };
    return tellChanged(deps, { changeId, by, askedAt }, outcome, context);
  }
  return tellNotChanged(deps, payload, outcome, context);
}

type Outcome = Changed | NotChanged;

async function attempt(work: () => Promise<Outcome>, { attempt: nth, log }: JobContext): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PermanentError) {
      log.error({ err: error }, 'a request cannot be changed');
      return { kind: 'failed', code: error.code };
    }
    if (error instanceof RetryableError || nth < TRIES_OF_OURS) throw error;
    log.error({ err: error }, 'a change of a request fails for a reason of our own');
    return { kind: 'failed', code: 'unexpected' };
  }
}

async function bring(deps: JobDeps, payload: ChangeRequestPayload, context: JobContext): Promise<Outcome> {
  const { repo, number, askedBy } = payload;
  const standing = await deps.requests.readStanding(repo, number);
  const decision = decideEdit(standing, payload);
  if (decision.kind === 'look-again' && context.attempt === 1) {
    throw new RetryableError(`${repo}#${number} may not be read as it stands yet`, {
      retryInMs: READS_LAG_MS,
    });
  }
  if (standing === undefined || decision.kind === 'look-again' || decision.kind === 'refuse') {
    const code = decision.kind === 'refuse' ? decision.code : 'moved';
    return { kind: 'not-done', code, standing };
  }
  const atHand = await knownPlatform(deps, repo);
  const known = atHand.commit === standing.base ? atHand : await freshPlatform(deps, repo);
  if (known.kind === 'invalid') return { kind: 'failed', code: 'policy-invalid', standing };
  // What stands was written while that was allowed.
  const person = await mayChange(deps.people, known.policy, standing.pull, askedBy);
  if (decision.kind === 'write' && person === undefined) {
    return { kind: 'not-done', code: 'may-not-change', standing };
  }
  const requester = person && { slackId: askedBy, name: person.name };
  const { attempt: nth } = context;
  return writeChange(deps, { payload, attempt: nth, standing, known, decision, requester });
}
