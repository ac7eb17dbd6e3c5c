import { tenantBranch } from '../../src/domain/convention.ts';
import { decideOpening, LAST_SUFFIX, type OpeningDecision } from '../../src/domain/decide-opening.ts';
import type { CommitSha, RepoName, RequestId } from '../../src/domain/ids.ts';
import { onboardedName } from '../../src/domain/onboarded-name.ts';
import type { RequestFacts, RequestPull } from '../../src/domain/request-state.ts';
import { RetryableError } from '../../src/errors.ts';
import type { JobDeps } from '../deps.ts';
import type { NewFile } from '../ports.ts';
import { READS_LAG_MS, writtenMark } from './keys.ts';

type GitHub = JobDeps['github'];

/** Which request it is, and for whom a branch is sought. */
export interface Wanted {
  readonly repo: RepoName;
  readonly requestId: RequestId;
  /** What its branches are named after: the tenant, or for a change of one the tenant and the request. */
  readonly name: string;
}

/** A branch that this run made and has not written to yet. */
export interface Reserved {
  readonly branch: string;
  readonly at: CommitSha;
}

/** A decision that needs no further question to GitHub, with the facts it rests on. */
export interface Settled {
  readonly facts: RequestFacts;
  readonly decision: Exclude<OpeningDecision, { kind: 'ask-creator' }>;
  readonly reserved: readonly Reserved[];
}

/**
 * Looks at GitHub until it is clear what is missing, and reserves the branch when that is what is missing first.
 *
 * @param optimistic the default branch's head as far as is known, when nothing speaks against the request: then the
 *   first branch is reserved without asking before, and the facts come with it.
 */
export async function settle(
  github: GitHub,
  wanted: Wanted,
  optimistic: CommitSha | undefined,
): Promise<Settled> {
  const reserved: Reserved[] = [];
  const reserve = async (branch: string, at: CommitSha) => {
    const reservation = await github.reserveBranch(wanted.repo, wanted.name, branch, at);
    if (reservation.kind === 'taken') return undefined;
    reserved.push({ branch, at });
    return reservation.facts;
  };
  let facts = optimistic && (await reserve(tenantBranch(wanted.name, 1), optimistic));
  // Each round names another branch or reads anew, so a handful of rounds means that others keep interfering.
  for (let round = 0; round < 4; round += 1) {
    facts ??= await github.readRequestFacts(wanted.repo, wanted.name);
    const decision = await decide(github, wanted, facts);
    if (decision.kind !== 'write' || decision.missing !== 'all') return { facts, decision, reserved };
    facts = await reserve(decision.branch, decision.head);
  }
  throw new RetryableError(`found no free branch for ${wanted.name}`);
}

async function decide(github: GitHub, wanted: Wanted, facts: RequestFacts): Promise<Settled['decision']> {
  const branches = Array.from({ length: LAST_SUFFIX }, (_, index) => tenantBranch(wanted.name, index + 1));
  const createdByUs = new Map(facts.createdByUs);
  const isForSameName = (pull: RequestPull) => onboardedName(pull.title) === wanted.name;
  for (;;) {
    const question = { ...wanted, branches, facts: { ...facts, createdByUs }, isForSameName };
    const decision = decideOpening(question);
    if (decision.kind !== 'ask-creator') return decision;
    createdByUs.set(decision.branch, await github.createdByUs(wanted.repo, decision.branch));
  }
}

/** What goes into the pull request. */
export interface Content {
  readonly title: string;
  /** Markdown of the pull request. */
  readonly body: string;
  /** Body of the commit's message: the trailers by which the request is known again. */
  readonly trailers: string;
  readonly files: readonly NewFile[];
  /** Paths of files that go; none by default. */
  readonly deletions?: readonly string[];
}

/**
 * Writes what is missing of commit and pull request. Each step compares and swaps at GitHub; a write whose outcome
 * is unclear is not repeated before reads are sure to show it.
 *
 * @throws RetryableError when somebody else was quicker, or an earlier write may not be visible yet.
 */
export async function write(
  { github, marks }: Pick<JobDeps, 'github' | 'marks'>,
  wanted: Wanted,
  facts: RequestFacts,
  decision: Extract<OpeningDecision, { kind: 'write' }>,
  content: Content,
): Promise<RequestPull> {
  const mark = writtenMark(wanted.requestId);
  if (!(await marks.set(mark, READS_LAG_MS))) {
    const retryInMs = await marks.left(mark);
    throw new RetryableError('an earlier write may not be visible yet', { retryInMs });
  }
  const commit = {
    onTopOf: decision.head,
    headline: content.title,
    body: content.trailers,
    files: content.files,
    deletions: content.deletions,
  };
  const result = await github.openPullRequest({
    repo: wanted.repo,
    branch: decision.branch,
    defaultBranch: facts.defaultBranch,
    commit: decision.missing === 'pull-request' ? undefined : commit,
    title: content.title,
    body: content.body,
  });
  await marks.clear(mark);
  if (result.kind === 'opened') return result.pull;
  throw new RetryableError(`lost a race for the ${result.step} of ${decision.branch}`);
}

/** Deletes the branches of this run that no pull request came of. */
export async function release(
  github: GitHub,
  repo: RepoName,
  reserved: readonly Reserved[],
  pull: RequestPull | undefined,
): Promise<void> {
  for (const { branch, at } of reserved) {
    if (branch !== pull?.branch) await github.releaseBranch(repo, branch, at);
  }
}
