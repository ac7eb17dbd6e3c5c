import { PermanentError } from '../../src/errors.ts';
import type { Log, SaidMessage, SlackPlace, SlackText, Speaker } from '../ports.ts';

export interface Saying {
  readonly speaker: Speaker;
  readonly log: Log;
  /** Milliseconds since the epoch; nothing about the release was said before. */
  readonly since: number;
  /** Whether it is said where it does not stand yet. */
  readonly mayPost: boolean;
}

/**
 * Brings one message up to a text: said once where it may be, else changed where it stands.
 *
 * @returns undefined when it does not stand, or its channel cannot be written to.
 */
export async function show(
  { speaker, log, since, mayPost }: Saying,
  key: string,
  place: SlackPlace,
  text: SlackText,
): Promise<SaidMessage | undefined> {
  try {
    const message = mayPost
      ? await speaker.sayOnce(key, place, text, { since })
      : await speaker.find(key, place, since);
    if (message) await speaker.update(key, message, text);
    return message;
  } catch (error) {
    // A channel is the policy's business, and no other message may hang on it.
    if (!(error instanceof PermanentError)) throw error;
    log.error({ err: error, key, place }, 'cannot show a release in a channel');
    return undefined;
  }
}

/** Takes back a message that is not needed any more, if it stands. */
export async function takeBack({ speaker, since }: Saying, key: string, place: SlackPlace): Promise<void> {
  const message = await speaker.find(key, place, since);
  if (message) await speaker.remove(key, message);
}
