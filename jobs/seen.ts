import type { RepoName } from '../src/domain/ids.ts';
import type { Marks, Pulse } from './ports.ts';

type SeenPull = Pick<Pulse['pulls'][number], 'number' | 'isOpen' | 'updatedAt'>;

/** How long it is remembered, in milliseconds; forgotten, it costs one look. */
const SEEN_FOR_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * How long after its last change an ended request is still looked at when nothing is remembered of it: longer than
 * any outage worth catching up on, short enough that a flushed Redis does not bring the whole history back.
 */
const CATCH_UP_MS = 24 * 60 * 60 * 1000;

/** `updatedAt` tells whole seconds: what happens later in the second of a look shows by no later time. */
const SETTLED_AFTER_MS = 3_000;

/** Remembers which state of a pull request was looked at to the end. */
export async function markSeen(marks: Marks, repo: RepoName, pull: Omit<SeenPull, 'isOpen'>): Promise<void> {
  const name = seenMark(repo, pull.number);
  const before = await marks.get(name);
  if (!before?.startsWith(pull.updatedAt)) await marks.put(name, `${pull.updatedAt} fresh`, SEEN_FOR_MS);
}

/** Why a pull request is to be looked at: it has changed, or a look in the second of its change may have missed some. */
export type News = 'changed' | 'unsettled';

/**
 * Whether a pull request may have changed since it was last looked at.
 *
 * @param now milliseconds since the epoch by GitHub's clock, like `updatedAt`.
 */
export async function newsOf(
  marks: Marks,
  repo: RepoName,
  pull: SeenPull,
  now: number,
): Promise<News | undefined> {
  const seen = await marks.get(seenMark(repo, pull.number));
  const age = now - Date.parse(pull.updatedAt);
  if (seen === undefined) return pull.isOpen || age < CATCH_UP_MS ? 'changed' : undefined;
  const [at = '', state] = seen.split(' ');
  if (at !== pull.updatedAt) return at < pull.updatedAt ? 'changed' : undefined;
  return state === 'fresh' && age > SETTLED_AFTER_MS ? 'unsettled' : undefined;
}

/** To be called once the look at an unsettled state is sure to come: after it nothing of that second is missed. */
export async function markSettled(
  marks: Marks,
  repo: RepoName,
  pull: Omit<SeenPull, 'isOpen'>,
): Promise<void> {
  await marks.put(seenMark(repo, pull.number), `${pull.updatedAt} settled`, SEEN_FOR_MS);
}

function seenMark(repo: RepoName, number: number): string {
  return `seen:${repo}#${number}`;
}
