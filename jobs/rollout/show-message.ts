import { PermanentError } from '../../src/errors.ts';
import { rolloutMessage, rolloutThread } from '../../src/views/rollout-message.ts';
import type { JobDeps } from '../deps.ts';
import type { Log, SaidMessage } from '../ports.ts';
import { isOld } from './is-old.ts';
import { said } from './keys.ts';
import type { Telling } from './telling.ts';

type Deps = Pick<JobDeps, 'speaker'> & { readonly log: Log };

/** Posts the one message of a rollout, or brings it up to date; undefined where its channel does not take it. */
export async function showMessage(
  { speaker, log }: Deps,
  telling: Telling,
): Promise<SaidMessage | undefined> {
  const { rollout, known, now, told } = telling;
  const { story } = told;
  const key = said.message(rollout.key);
  const place = { kind: 'channel', channel: known.policy.channels.rollouts } as const;
  const text = rolloutMessage(story, now);
  try {
    // What is long past is no news where nobody was told of it.
    const message = isOld(telling)
      ? await speaker.find(key, place, story.startedAt)
      : await speaker.sayOnce(key, place, text, { since: story.startedAt });
    if (message !== undefined) await speaker.update(key, message, text);
    return message;
  } catch (error) {
    // A channel is the policy's business; the pull request and the change tell of the rollout all the same.
    if (!(error instanceof PermanentError)) throw error;
    log.error({ err: error, channel: place.channel }, 'cannot show a rollout in its channel');
    return undefined;
  }
}

/**
 * Brings the clusters in the thread up to date, where they are too many for the message. While it goes on each page
 * waits for its turn; at the end all are shown.
 *
 * @returns whether all of them are up to date.
 */
export async function showPages(
  { speaker, log }: Deps,
  { rollout, told, now, shown, pacer }: Telling,
  message: SaidMessage,
): Promise<boolean> {
  const { story } = told;
  const isEnd = story.outcome.kind !== 'under-way';
  // How long something lasts is no reason to show it again.
  const timeless = rolloutThread(story, 0).map((page) => JSON.stringify(page));
  let isComplete = true;
  for (const [n, page] of rolloutThread(story, now).entries()) {
    const key = said.page(rollout.key, n);
    const wanted = timeless[n] ?? '';
    if (shown.pages.get(n) === wanted) continue;
    if (!isEnd && pacer.asideWaitMs(key) > 0) {
      isComplete = false;
      continue;
    }
    pacer.sent(key);
    try {
      const options = { since: story.startedAt };
      const standing = await speaker.sayOnce(key, { kind: 'thread', ...message }, page, options);
      await speaker.update(key, standing, page);
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      log.error({ err: error, rollout: rollout.key }, 'cannot show the clusters of a rollout in its thread');
    }
    shown.pages.set(n, wanted);
  }
  return isComplete;
}
