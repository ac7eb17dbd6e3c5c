import { z } from 'zod';
import type { OpeningPlan, OpeningResult } from '../../../jobs/ports.ts';
import { AmbiguousWriteError } from '../../errors.ts';
import type { GitHubContext } from './github-context.ts';
import type { GraphAnswer } from './graph-answer.ts';
import { checkMutations, failureOf, fieldError, judgeField } from './graph-failure.ts';
import { pullKey } from './id-book.ts';
import { repositoryId } from './repository-id.ts';
import { requestPull, requestPullFragment, toRequestPull } from './request-pull.ts';
import { bringsForeignCommits, takeBackPull } from './take-back-pull.ts';

const commitParameters =
  ', $nameWithOwner: String!, $onTopOf: GitObjectID!, $headline: String!, $message: String, $files: [FileAddition!]!, $deletions: [FileDeletion!]!';

const commitField = `
  createCommitOnBranch(
    input: {
      branch: { repositoryNameWithOwner: $nameWithOwner, branchName: $branch }
      expectedHeadOid: $onTopOf
      message: { headline: $headline, body: $message }
      fileChanges: { additions: $files, deletions: $deletions }
    }
  ) { clientMutationId }`;

function openPullRequestMutation(withCommit: boolean): string {
  return `
mutation OpenPullRequest(
  $repository: ID!, $base: String!, $branch: String!, $title: String!, $body: String!${withCommit ? commitParameters : ''}
) {${withCommit ? commitField : ''}
  createPullRequest(
    input: { repositoryId: $repository, baseRefName: $base, headRefName: $branch, title: $title, body: $body }
  ) { pullRequest { ...RequestPull } }
}
${requestPullFragment}`;
}

export const openPullRequestMutations = {
  commitAndPull: openPullRequestMutation(true),
  pullOnly: openPullRequestMutation(false),
} as const;

const shape = z.object({ createPullRequest: z.object({ pullRequest: requestPull }) });

/**
 * Writes what is missing of commit and pull request in one document. GitHub does not undo the first when the second
 * fails, and goes on to the second when the first fails, so each one's result is looked at, the first one first.
 */
export async function openPullRequest(context: GitHubContext, plan: OpeningPlan): Promise<OpeningResult> {
  const { repo, branch } = plan;
  const what = `open a pull request from ${branch} in ${repo}`;
  const repository = await repositoryId(context, repo);
  const answer = await context.client.mutate(repo, what, operationFor(plan, repository));
  checkMutations(what, answer);
  return (
    (await lostCommit(context, plan, what, answer)) ??
    lostPull(what, answer) ??
    readOpened(context, plan, what, answer)
  );
}

function operationFor(plan: OpeningPlan, repository: string) {
  const { branch, defaultBranch: base, title, body, commit } = plan;
  const pull = { repository, base, branch, title, body };
  if (commit === undefined) return { query: openPullRequestMutations.pullOnly, variables: pull };
  const variables = {
    ...pull,
    nameWithOwner: plan.repo,
    onTopOf: commit.onTopOf,
    headline: commit.headline,
    message: commit.body,
    files: commit.files.map(({ path, content }) => ({
      path,
      contents: Buffer.from(content, 'utf8').toString('base64'),
    })),
    deletions: (commit.deletions ?? []).map((path) => ({ path })),
  };
  return { query: openPullRequestMutations.commitAndPull, variables };
}

async function lostCommit(
  context: GitHubContext,
  plan: OpeningPlan,
  what: string,
  answer: GraphAnswer,
): Promise<OpeningResult | undefined> {
  const failure = failureOf(answer, 'createCommitOnBranch');
  if (failure === undefined) return undefined;
  // The branch was moved or deleted since it was looked at.
  if (!['stale', 'not-found'].includes(judgeField(failure))) throw fieldError(what, failure);
  const pull = shape.safeParse(answer.data).data?.createPullRequest.pullRequest;
  if (pull && bringsForeignCommits(pull, context.appSlug)) await takeBackPull(context, plan, pull);
  return { kind: 'lost-race', step: 'commit' };
}

function lostPull(what: string, answer: GraphAnswer): OpeningResult | undefined {
  const failure = failureOf(answer, 'createPullRequest');
  if (failure === undefined) return undefined;
  const gone = /no commits between|head (?:sha|ref)/i.test(failure.message);
  if (gone || judgeField(failure) === 'exists') return { kind: 'lost-race', step: 'pull-request' };
  throw fieldError(what, failure);
}

function readOpened(
  { ids, appSlug }: GitHubContext,
  { repo }: OpeningPlan,
  what: string,
  answer: GraphAnswer,
): OpeningResult {
  const read = shape.safeParse(answer.data);
  if (!read.success) {
    // It was opened all the same; a later look reads it.
    const why = answer.errors[0]?.message.slice(0, 300) ?? 'it is not as expected';
    throw new AmbiguousWriteError(`failed to ${what}: the answer cannot be read, ${why}`, {
      cause: read.error,
    });
  }
  const pull = read.data.createPullRequest.pullRequest;
  ids.put(pullKey(repo, pull.number), pull.id);
  return { kind: 'opened', pull: toRequestPull(repo, appSlug, pull) };
}
