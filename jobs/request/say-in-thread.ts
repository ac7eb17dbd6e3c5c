import type { RequestId, SlackUserId } from '../../src/domain/ids.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { RequestPull } from '../../src/domain/request-state.ts';
import { PermanentError } from '../../src/errors.ts';
import type { JobDeps } from '../deps.ts';
import { said } from '../onboard/keys.ts';
import type { Log, SaidMessage, SlackPlace, SlackText } from '../ports.ts';

/** A request's message may have been posted this long before its pull request, while GitHub was away. */
const BEFORE_PULL_MS = 24 * 60 * 60 * 1000;

export interface Saying {
  readonly deps: Pick<JobDeps, 'speaker'>;
  readonly policy: Policy;
  readonly pull: RequestPull & { readonly requestId: RequestId };
  readonly log: Log;
}

/**
 * Where a note about a request goes: its thread, or whoever it is for where its message is not to be found;
 * undefined where nobody is known in Slack. The message
 * itself is left to the look at the request, which posts and changes it.
 */
export async function placeOfNotes(
  { deps, policy, pull, log }: Saying,
  user: SlackUserId | undefined,
): Promise<SlackPlace | undefined> {
  const place = { kind: 'channel', channel: policy.channels.requests } as const;
  const since = Date.parse(pull.createdAt) - BEFORE_PULL_MS;
  let message: SaidMessage | undefined;
  try {
    message = await deps.speaker.find(said.message(pull.requestId), place, since);
  } catch (error) {
    // The channel is the policy's business.
    if (!(error instanceof PermanentError)) throw error;
    log.error({ err: error, place }, 'cannot find the message of a request');
  }
  if (message) return { kind: 'thread', ...message };
  return user && { kind: 'person', user };
}

/** Says a note once; that its message was deleted meanwhile is no failure, for the pull request tells as well. */
export async function sayNote(
  { deps, log }: Saying,
  key: string,
  place: SlackPlace,
  note: SlackText,
  once: { readonly since: number },
): Promise<void> {
  try {
    await deps.speaker.sayOnce(key, place, note, once);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    log.error({ err: error, place }, 'cannot tell of a request');
  }
}
