import { RetryableError } from '../../src/errors.ts';
import { tenantBranch } from '../../src/domain/convention.ts';
import { decideOpening, LAST_SUFFIX, type OpeningDecision } from '../../src/domain/decide-opening.ts';
import type { RepoName, RequestId } from '../../src/domain/ids.ts';
import type { RequestFacts, RequestPull } from '../../src/domain/request-state.ts';
import type { JobDeps } from '../deps.ts';
import type { NewFile } from '../ports.ts';
import { onboardedName } from './onboarded-name.ts';
import { READS_LAG_MS, writtenMark } from './keys.ts';

type OpenDeps = Pick<JobDeps, 'github' | 'marks'>;

export interface OpeningWish {
  readonly repo: RepoName;
  readonly requestId: RequestId;
  readonly name: string;
  readonly title: string;
  /** Markdown of the pull request; its trailers go into the commit too. */
  readonly body: string;
  readonly trailers: string;
  readonly files: readonly NewFile[];
}

export type Opened =
  | { readonly kind: 'opened'; readonly pull: RequestPull; readonly passedOver: readonly string[] }
  | { readonly kind: 'open-request'; readonly pull: RequestPull }
  | { readonly kind: 'branches-used-up' };

type Write = Extract<OpeningDecision, { kind: 'write' }>;

/** What GitHub says about the request now, the creators of doubtful branches asked for as well. */
export async function decide(
  github: JobDeps['github'],
  wish: Pick<OpeningWish, 'repo' | 'requestId' | 'name'>,
  facts: RequestFacts,
): Promise<Exclude<OpeningDecision, { kind: 'ask-creator' }>> {
  const branches = Array.from({ length: LAST_SUFFIX }, (_, index) => tenantBranch(wish.name, index + 1));
  const createdByUs = new Map(facts.createdByUs);
  const isForSameName = (pull: RequestPull) => onboardedName(pull) === wish.name;
  for (;;) {
    const question = { ...wish, branches, facts: { ...facts, createdByUs }, isForSameName };
    const decision = decideOpening(question);
    if (decision.kind !== 'ask-creator') return decision;
    createdByUs.set(decision.branch, await github.createdByUs(wish.repo, decision.branch));
  }
}

/**
 * Writes what is missing. Each step at GitHub compares and swaps; a write whose outcome is unclear is not repeated
 * before reads are sure to show it.
 */
export async function write(
  { github, marks }: OpenDeps,
  wish: OpeningWish,
  facts: RequestFacts,
  decision: Write,
): Promise<RequestPull> {
  const mark = writtenMark(wish.requestId);
  const lag = await marks.left(mark);
  if (lag > 0) throw new RetryableError('an earlier write may not be visible yet', { retryInMs: lag });
  await marks.set(mark, READS_LAG_MS);
  const result = await github.openPullRequest(plan(wish, facts, decision));
  await marks.clear(mark);
  if (result.kind === 'lost-race') {
    throw new RetryableError(`lost a race for the ${result.step} of ${decision.branch}`, { retryInMs: 1_000 });
  }
  return result.pull;
}

function plan(wish: OpeningWish, facts: RequestFacts, { branch, missing, head }: Write) {
  const commit = { onTopOf: head, headline: wish.title, body: wish.trailers, files: wish.files };
  return {
    repo: wish.repo,
    branch,
    defaultBranch: facts.defaultBranch,
    createBranchAt: missing === 'all' ? head : undefined,
    commit: missing === 'pull-request' ? undefined : commit,
    title: wish.title,
    body: wish.body,
  };
}
