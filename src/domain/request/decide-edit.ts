import type { CommitSha, RequestId } from '../ids.ts';
import type { StandingRequest } from './standing-request.ts';

export type EditDecision =
  /** The commit of this very change stands already, in whatever state the pull request is now. */
  | { readonly kind: 'stands'; readonly commit: StandingRequest['commits'][number] }
  | { readonly kind: 'write'; readonly onTopOf: CommitSha }
  | { readonly kind: 'refuse'; readonly code: 'not-a-request' | 'ended' | 'moved' }
  /** What was read may be older than what the form was drawn from. */
  | { readonly kind: 'look-again' };

export interface EditIntent {
  readonly changeId: RequestId;
  /** Beginning of the head's id that the form was drawn from. */
  readonly seen: string;
}

/**
 * What is missing of a change of an open request. It is written on top of exactly the head that the form showed, so
 * that nobody's push in between is lost or hidden.
 */
export function decideEdit(
  standing: StandingRequest | undefined,
  { changeId, seen }: EditIntent,
): EditDecision {
  if (!standing?.pull.ours || standing.pull.requestId === undefined) {
    return { kind: 'refuse', code: 'not-a-request' };
  }
  const commit = standing.commits.find((each) => each.changeId === changeId);
  if (commit) return { kind: 'stands', commit };
  if (standing.pull.state !== 'open') return { kind: 'refuse', code: 'ended' };
  if (standing.pull.head.startsWith(seen)) return { kind: 'write', onTopOf: standing.pull.head };
  // Only a read that knows the seen head and has another one on top of it is surely not an old one.
  const isNewer = standing.commits.some(({ sha }) => sha.startsWith(seen));
  return isNewer ? { kind: 'refuse', code: 'moved' } : { kind: 'look-again' };
}
