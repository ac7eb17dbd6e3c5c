import type { CommitSha, RequestId } from './ids.ts';
import type { RequestFacts, RequestPull } from './request-state.ts';

/** How many branches a tenant's name may use up before a person has to clean up. */
export const LAST_SUFFIX = 9;

export interface OpeningQuestion {
  readonly requestId: RequestId;
  readonly name: string;
  /** The names of the branches the request may take, best first: `tenant-x`, `tenant-x-2`, … */
  readonly branches: readonly string[];
  readonly facts: RequestFacts;
  /** Whether the pull request's title says that it onboards this very name. */
  readonly isForSameName: (pull: RequestPull) => boolean;
}

export type OpeningDecision =
  /** It stands already, in whatever state; a closed one stays closed. */
  | { readonly kind: 'stands'; readonly pull: RequestPull }
  /** Another request for the same name is under way. */
  | { readonly kind: 'refuse'; readonly code: 'open-request'; readonly pull: RequestPull }
  | { readonly kind: 'refuse'; readonly code: 'branches-used-up' }
  /** A branch without anything of its own has the name: only its creator tells whether it is left from us. */
  | { readonly kind: 'ask-creator'; readonly branch: string }
  | {
      readonly kind: 'write';
      readonly branch: string;
      readonly missing: 'all' | 'commit' | 'pull-request';
      /** What the commit goes on top of; for `pull-request` the commit that stands already. */
      readonly head: CommitSha;
      /** Branches that were passed over because they are not ours. */
      readonly passedOver: readonly string[];
    };

/**
 * What is missing of a request's branch, commit and pull request.
 *
 * It never writes to a branch that this App did not make for this very request, and never opens a second pull
 * request for one request, whatever became of the first.
 */
export function decideOpening(question: OpeningQuestion): OpeningDecision {
  const { facts, requestId } = question;
  const own = facts.pulls.find((pull) => pull.ours && pull.requestId === requestId);
  if (own) return { kind: 'stands', pull: own };
  const other = facts.pulls.find((pull) => pull.state === 'open' && question.isForSameName(pull));
  if (other) return { kind: 'refuse', code: 'open-request', pull: other };
  return chooseBranch(question, requestId);
}

function chooseBranch(question: OpeningQuestion, requestId: RequestId): OpeningDecision {
  const { facts } = question;
  const left = question.branches.find((name) =>
    facts.branches.some((branch) => branch.name === name && branch.requestId === requestId),
  );
  const passedOver: string[] = [];
  for (const name of left === undefined ? question.branches : [left]) {
    if (facts.pulls.some((pull) => pull.branch === name)) continue;
    const branch = facts.branches.find((each) => each.name === name);
    if (!branch) return { kind: 'write', branch: name, missing: 'all', head: facts.base, passedOver };
    if (branch.requestId === requestId) {
      return { kind: 'write', branch: name, missing: 'pull-request', head: branch.head, passedOver };
    }
    const byUs = branch.bare ? facts.createdByUs.get(name) : false;
    if (byUs === undefined) return { kind: 'ask-creator', branch: name };
    if (byUs) return { kind: 'write', branch: name, missing: 'commit', head: branch.head, passedOver };
    passedOver.push(name);
  }
  return { kind: 'refuse', code: 'branches-used-up' };
}
