import type { PullFacts, Pusher } from '../../src/domain/change/pull-facts.ts';
import type { JobDeps } from '../deps.ts';

type Head = Pick<PullFacts, 'repo' | 'branch' | 'head' | 'isFork' | 'lastMove'>;

/**
 * Who pushed the head of a pull request. In another repository's branch nobody can tell. Once known it stays so, until
 * the branch is forced or restored: which is read with every pull request, also right before a merge.
 */
export async function readPusher(
  { changes, memory }: Pick<JobDeps, 'changes' | 'memory'>,
  pull: Head,
): Promise<Pusher> {
  const { repo, branch, head, isFork } = pull;
  if (isFork) return { kind: 'unknown' };
  const pusher = memory.pushers.get(keyOf(pull)) ?? (await changes.readPusher(repo, branch, head));
  // The log may lag behind: what it does not tell yet is asked again.
  if (pusher.kind !== 'unknown') memory.pushers.put(keyOf(pull), pusher);
  return pusher;
}

/** Remembers that this App has just pushed the head of a new branch. */
export function rememberOwnPush(
  { memory }: Pick<JobDeps, 'memory'>,
  head: Omit<Head, 'isFork' | 'lastMove'>,
): void {
  memory.pushers.put(keyOf({ ...head, lastMove: undefined }), { kind: 'us' });
}

function keyOf({ repo, branch, head, lastMove }: Omit<Head, 'isFork'>): string {
  return `${repo} ${branch} ${head} ${lastMove ?? ''}`;
}
