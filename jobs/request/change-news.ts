import type { Requester } from '../../src/domain/convention.ts';
import { PermanentError } from '../../src/errors.ts';
import { changeEndDirect, changeNote } from '../../src/views/request/change-text.ts';
import type { JobDeps } from '../deps.ts';
import type { JobContext } from '../job.ts';
import { said } from '../onboard/keys.ts';
import { askAgain } from './ask-again.ts';
import type { Changed, NotChanged } from './outcome.ts';
import type { ChangeRequestPayload } from './payloads.ts';
import { placeOfNotes, sayNote } from './say-in-thread.ts';

export interface Telling extends Pick<ChangeRequestPayload, 'changeId' | 'askedAt'> {
  readonly by: Requester;
}

/** Asks the reviewers again and says so in the request's thread, once; a look then follows what comes of it. */
export async function tellChanged(
  deps: JobDeps,
  { changeId, by, askedAt }: Telling,
  { standing, known, lines }: Changed,
  { attempt, log }: JobContext,
): Promise<void> {
  const { pull } = standing;
  const { requestId } = pull;
  if (requestId === undefined) return;
  const saying = { deps, policy: known.policy, pull: { ...pull, requestId }, log };
  const place = await placeOfNotes(saying, by.slackId);
  const key = said.changed(requestId, changeId);
  const isSaid = attempt > 1 && place && (await deps.speaker.find(key, place, askedAt)) !== undefined;
  if (!isSaid) {
    const asked = pull.state === 'open' ? await askAgain(deps.github, known.policy, pull, log) : [];
    const note = changeNote({ by, lines, asked });
    if (place) await sayNote(saying, key, place, note, { since: askedAt });
    log.info({ repo: pull.repo, number: pull.number, changeId }, 'request changed');
  }
  await deps.hints.lookAtRequest(pull.repo, pull.number);
}

/** Tells whoever wanted a change that it was not made, and why, with all that was typed. */
export async function tellNotChanged(
  { speaker }: Pick<JobDeps, 'speaker'>,
  { number, changeId, askedBy, askedAt, values }: ChangeRequestPayload,
  { standing, ...end }: NotChanged,
  { log }: JobContext,
): Promise<void> {
  const text = changeEndDirect(end, number, standing?.pull, values);
  try {
    const place = { kind: 'person', user: askedBy } as const;
    await speaker.sayOnce(said.notChanged(changeId), place, text, { since: askedAt });
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    log.error({ err: error, user: askedBy }, 'cannot tell that a change was not made');
  }
}
