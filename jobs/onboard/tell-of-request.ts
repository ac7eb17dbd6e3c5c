import { arrivals } from '../../src/domain/arrival.ts';
import { parseTitle } from '../../src/domain/convention.ts';
import type { RequestId, SlackUserId } from '../../src/domain/ids.ts';
import { onboardedName } from '../../src/domain/onboarded-name.ts';
import { onboardedPlaces } from '../../src/domain/onboarded-places.ts';
import type { Platform } from '../../src/domain/platform.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { isEnd, requestStage } from '../../src/domain/request-stage.ts';
import type { RequestPull, RequestStage } from '../../src/domain/request-state.ts';
import { PermanentError } from '../../src/errors.ts';
import { requestDirect } from '../../src/views/request-direct.ts';
import { requestMessage } from '../../src/views/request-message.ts';
import { requestStageNote } from '../../src/views/request-stage-note.ts';
import type { JobDeps } from '../deps.ts';
import type { Log, SaidMessage } from '../ports.ts';
import { said } from './keys.ts';

/** A pull request that is known to stand for a request. */
export type KnownPull = RequestPull & { readonly requestId: RequestId };

interface Told {
  readonly speaker: JobDeps['speaker'];
  readonly policy: Policy;
  readonly platform: Platform;
  readonly log: Log;
}

/** A request's message may have been posted this long before its pull request, while GitHub was away. */
const BEFORE_PULL_MS = 24 * 60 * 60 * 1000;

/**
 * Brings what people see of a request up to what GitHub says: its message, a note in the thread for each step, and
 * the asker's news of the end. Only what is missing is said.
 */
export async function tellOfRequest(told: Told, pull: KnownPull): Promise<SaidMessage | undefined> {
  const stage = requestStage(pull);
  const since = Date.parse(pull.createdAt) - BEFORE_PULL_MS;
  const message = await showMessage(told, pull, stage, since);
  if (message && stage.kind !== 'opened') {
    const place = { kind: 'thread', ...message } as const;
    const note = requestStageNote(stage);
    await told.speaker.sayOnce(said.stage(pull.requestId, stage), place, note, { since });
  }
  if (isEnd(stage) && pull.requestedBy) await tellEnd(told, pull, pull.requestedBy, stage, since);
  return message;
}

async function showMessage(
  { speaker, policy, log }: Told,
  pull: KnownPull,
  stage: RequestStage,
  since: number,
): Promise<SaidMessage | undefined> {
  const key = said.message(pull.requestId);
  const place = { kind: 'channel', channel: policy.channels.requests } as const;
  const buttons = isEnd(stage) ? undefined : { repo: pull.repo, number: pull.number };
  const text = requestMessage({ stage, ...subjectOf(pull, policy), pullRequest: pull, buttons });
  try {
    const message = await speaker.sayOnce(key, place, text, { since });
    await speaker.update(key, message, text);
    return message;
  } catch (error) {
    // The channel is the policy's business, and nobody's request may hang on it: the asker is told directly anyway.
    if (!(error instanceof PermanentError)) throw error;
    log.error({ err: error, channel: policy.channels.requests }, 'cannot show a request in its channel');
    return undefined;
  }
}

function subjectOf(pull: KnownPull, policy: Policy) {
  const places = onboardedPlaces(pull.paths, policy);
  const title = parseTitle(pull.title);
  const change = onboardedName(pull.title) === undefined ? title?.subject : undefined;
  return { name: title?.area ?? '', askedBy: pull.requestedBy, change, ...places };
}

async function tellEnd(
  { speaker, platform, log }: Told,
  pull: KnownPull,
  user: SlackUserId,
  stage: RequestStage,
  since: number,
): Promise<void> {
  const common = { name: parseTitle(pull.title)?.area ?? '', by: pull.endedBy, pullRequest: pull };
  const end =
    stage.kind === 'merged'
      ? ({ kind: 'merged', ...common, arrivals: arrivals(pull.paths, platform) } as const)
      : ({ kind: 'closed', ...common } as const);
  try {
    const key = `${said.end(pull.requestId)}:${stage.kind}`;
    await speaker.sayOnce(key, { kind: 'person', user }, requestDirect(end), { since });
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    log.error({ err: error, user }, 'cannot tell the asker of the end');
  }
}
