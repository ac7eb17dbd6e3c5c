import type { Pull } from '../types.ts';
import type { GitHubWorld } from '../world.ts';
import { violations } from './rules.ts';

export interface Mergeability {
  /** Null once it is closed or merged, as GitHub stops working it out. */
  readonly mergeable: boolean | null;
  readonly state: 'clean' | 'dirty' | 'blocked' | 'draft' | 'unknown';
}

/** Whether a pull request could be merged now by somebody without special rights. */
export async function mergeability(world: GitHubWorld, pull: Pull): Promise<Mergeability> {
  const ref = `refs/heads/${pull.baseRef}`;
  const base = world.state.refs.get(ref);
  if (pull.state === 'closed' || base === undefined) return { mergeable: null, state: 'unknown' };
  if ((await world.git.mergeTree(base, pull.headSha)) === undefined)
    return { mergeable: false, state: 'dirty' };
  if (pull.draft) return { mergeable: true, state: 'draft' };
  const said = await violations(world, { kind: 'anonymous' }, { ref, from: base, to: pull.headSha }, pull);
  const blocking = said.filter((sentence) => !sentence.includes('merge commits'));
  return { mergeable: true, state: blocking.length > 0 ? 'blocked' : 'clean' };
}
