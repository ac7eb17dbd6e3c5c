import type { RepoName } from '../src/domain/ids.ts';
import type { Marks } from './ports.ts';

/** How long it is remembered, in milliseconds; forgotten, it costs one look. */
const SEEN_FOR_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * How long after its last change an object that has ended is still looked at when nothing is remembered of it: longer
 * than any outage worth catching up on, short enough that a flushed Redis does not bring the whole history back.
 */
const CATCH_UP_MS = 24 * 60 * 60 * 1000;

/** `updatedAt` tells whole seconds: what happens later in the second of a look shows by no later time. */
const SETTLED_AFTER_MS = 3_000;

/** Soon enough for whoever has just invited the bot, in milliseconds, and no burden where nobody does. */
const AGAIN_AFTER_MS = 5 * 60 * 1000;

/** What is looked at, by the name of its mark. */
type ObjectName = string;

export function pullObject(repo: RepoName, number: number): ObjectName {
  return `${repo}#${number}`;
}

export function issueObject(repo: RepoName, number: number): ObjectName {
  return `${repo}/issue#${number}`;
}

export function releaseObject(repo: RepoName, id: number): ObjectName {
  return `${repo}!${id}`;
}

/**
 * Remembers which state of an object was looked at to the end.
 *
 * @param updatedAt ISO 8601 by GitHub's clock, as it was read.
 */
export async function markSeen(marks: Marks, object: ObjectName, updatedAt: string): Promise<void> {
  const before = await marks.get(seenMark(object));
  if (!before?.startsWith(updatedAt)) await marks.put(seenMark(object), `${updatedAt} fresh`, SEEN_FOR_MS);
}

/** Remembers it for a while only: what could not be told of it is tried again then, as long as it is worth telling. */
export async function seeAgainLater(marks: Marks, object: ObjectName, updatedAt: string): Promise<void> {
  await marks.put(seenMark(object), `${updatedAt} settled`, AGAIN_AFTER_MS);
}

/** Why an object is to be looked at: it has changed, or a look in the second of its change may have missed some. */
export type News = 'changed' | 'unsettled';

/**
 * Whether an object may have changed since it was last looked at.
 *
 * @param state `isOpen` whether more is to come of it, so that it is looked at however old it is.
 * @param now milliseconds since the epoch by GitHub's clock, like `updatedAt`.
 */
export async function newsOf(
  marks: Marks,
  object: ObjectName,
  state: { readonly isOpen: boolean; readonly updatedAt: string },
  now: number,
): Promise<News | undefined> {
  const seen = await marks.get(seenMark(object));
  const age = now - Date.parse(state.updatedAt);
  if (seen === undefined) return state.isOpen || age < CATCH_UP_MS ? 'changed' : undefined;
  const [at = '', settled] = seen.split(' ');
  if (at !== state.updatedAt) return at < state.updatedAt ? 'changed' : undefined;
  return settled === 'fresh' && age > SETTLED_AFTER_MS ? 'unsettled' : undefined;
}

/** To be called once the look at an unsettled state is sure to come: after it nothing of that second is missed. */
export async function markSettled(marks: Marks, object: ObjectName, updatedAt: string): Promise<void> {
  await marks.put(seenMark(object), `${updatedAt} settled`, SEEN_FOR_MS);
}

function seenMark(object: ObjectName): string {
  return `seen:${object}`;
}
