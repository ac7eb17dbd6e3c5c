import type { StandingRequest } from '../../src/domain/request/standing-request.ts';
import { PermanentError, RetryableError } from '../../src/errors.ts';
import {
  type StandingRefusal,
  standingFailed,
  standingRefused,
  withdrawalWaits,
  withdrawnView,
} from '../../src/views/request/standing-answer.ts';
import { withdrawalComment, withdrawalNote } from '../../src/views/request/withdrawal-text.ts';
import type { JobDeps } from '../deps.ts';
import { type Job, type JobContext, job } from '../job.ts';
import { knownPlatform, type Understood } from '../known-platform.ts';
import { READS_LAG_MS, said } from '../onboard/keys.ts';
import { mayWithdraw } from './may-change.ts';
import { type WithdrawRequestPayload, withdrawRequestPayload } from './payloads.ts';
import { placeOfNotes, sayNote } from './say-in-thread.ts';

/** How often a run may find a system away before the person is told that it goes on by itself. */
const TRIES_UNTOLD = 3;

/**
 * Withdraws a request: a comment by whom, the pull request closed, the branch deleted if its head is ours. Every step
 * looks first at what stands, so that a run may end anywhere and be run again.
 */
export function withdrawRequest(deps: JobDeps): Job {
  return job({
    name: 'withdraw-request',
    queue: 'intents',
    schema: withdrawRequestPayload,
    run: async (payload, context) => {
      const refusal = await attempt(deps, payload, context);
      if (refusal) await deps.views.update(payload.viewId, refusal);
    },
  });
}

/** Withdraws it; or why that is not done, for the view that waits. */
async function attempt(
  deps: JobDeps,
  payload: WithdrawRequestPayload,
  context: JobContext,
): Promise<object | undefined> {
  try {
    const refusal = await withdraw(deps, payload, context);
    return refusal && standingRefused(refusal);
  } catch (error) {
    if (error instanceof PermanentError) {
      context.log.error({ err: error }, 'a request cannot be withdrawn');
      return standingFailed(error.code);
    }
    if (error instanceof RetryableError && context.attempt === TRIES_UNTOLD) {
      await deps.views.update(payload.viewId, withdrawalWaits(payload.number));
    }
    throw error;
  }
}

async function withdraw(
  deps: JobDeps,
  payload: WithdrawRequestPayload,
  context: JobContext,
): Promise<StandingRefusal | undefined> {
  const { repo, number, askedBy } = payload;
  const standing = await deps.requests.readStanding(repo, number);
  if (!standing?.pull.ours || standing.pull.requestId === undefined) return 'not-a-request';
  const { state } = standing.pull;
  // An earlier run may have closed it, and have ended before the rest was done.
  if (state === 'merged' || (state === 'closed' && context.attempt === 1)) return 'ended';
  const known = await knownPlatform(deps, repo);
  if (known.kind === 'invalid') throw new PermanentError('policy-invalid', 'the policy has mistakes');
  const person = await mayWithdraw(deps.people, known.policy, standing.pull, askedBy);
  if (person === undefined) return 'may-not-withdraw';
  if (state === 'open') {
    await alone(deps, payload);
    await deps.changes.comment(repo, number, 'withdrawn', withdrawalComment(person.name));
    await deps.changes.close(repo, number);
  }
  await deleteBranch(deps, standing);
  await deps.views.update(payload.viewId, withdrawnView(number));
  await tell(deps, payload, standing, known, context);
  return undefined;
}

/** Two people, or two presses, may withdraw at once: the second comes back when the first is through. */
async function alone(
  { marks }: Pick<JobDeps, 'marks'>,
  { repo, number, actionId }: WithdrawRequestPayload,
): Promise<void> {
  const holder = await marks.take(`withdrawing:${repo}#${number}`, actionId, READS_LAG_MS);
  if (holder !== actionId) {
    throw new RetryableError(`${repo}#${number} is being withdrawn`, { retryInMs: 3_000 });
  }
}

/** What somebody else pushed is not ours to delete; the adapter compares the head once more. */
async function deleteBranch({ github }: JobDeps, { pull, commits }: StandingRequest): Promise<void> {
  const last = commits.at(-1);
  if (last?.ours && last.sha === pull.head) await github.releaseBranch(pull.repo, pull.branch, pull.head);
}

async function tell(
  deps: JobDeps,
  { askedBy, askedAt, repo, number }: WithdrawRequestPayload,
  { pull }: StandingRequest,
  known: Understood,
  { log }: JobContext,
): Promise<void> {
  const { requestId } = pull;
  if (requestId === undefined) return;
  log.info({ repo, number, requestId, askedBy }, 'request withdrawn');
  const saying = { deps, policy: known.policy, pull: { ...pull, requestId }, log };
  const place = await placeOfNotes(saying, askedBy);
  const once = { since: askedAt };
  if (place) await sayNote(saying, said.withdrawn(requestId), place, withdrawalNote(askedBy), once);
  await deps.hints.lookAtRequest(repo, number);
}
