import type { RequestCommitPlan } from '../../../jobs/request/request-ports.ts';
import type { GitHubContext } from './github-context.ts';
import { checkMutations, failureOf, fieldError, judgeField } from './graph-failure.ts';

export const commitToRequestMutation = `
mutation CommitToRequest(
  $nameWithOwner: String!, $branch: String!, $onTopOf: GitObjectID!, $headline: String!, $message: String,
  $additions: [FileAddition!]!, $deletions: [FileDeletion!]!
) {
  createCommitOnBranch(
    input: {
      branch: { repositoryNameWithOwner: $nameWithOwner, branchName: $branch }
      expectedHeadOid: $onTopOf
      message: { headline: $headline, body: $message }
      fileChanges: { additions: $additions, deletions: $deletions }
    }
  ) { clientMutationId }
}`;

/** Puts one commit on top of exactly the expected head; `stale` when the branch has another head, or is gone. */
export async function commitToRequest(
  { client }: GitHubContext,
  plan: RequestCommitPlan,
): Promise<'committed' | 'stale'> {
  const { repo, branch, onTopOf, headline, body, writes, deletes } = plan;
  const what = `commit to ${branch} in ${repo}`;
  const variables = {
    nameWithOwner: repo,
    branch,
    onTopOf,
    headline,
    message: body,
    additions: writes.map(({ path, content }) => ({
      path,
      contents: Buffer.from(content, 'utf8').toString('base64'),
    })),
    deletions: deletes.map((path) => ({ path })),
  };
  const answer = await client.mutate(repo, what, { query: commitToRequestMutation, variables });
  checkMutations(what, answer);
  const failure = failureOf(answer, 'createCommitOnBranch');
  if (failure === undefined) return 'committed';
  if (['stale', 'not-found'].includes(judgeField(failure))) return 'stale';
  throw fieldError(what, failure);
}
