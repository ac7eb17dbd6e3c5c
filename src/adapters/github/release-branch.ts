import type { CommitSha, RepoName } from '../../domain/ids.ts';
import type { GitHubContext } from './github-context.ts';
import { checkMutations, failureOf, fieldError, judgeField } from './graph-failure.ts';
import { repositoryId } from './repository-id.ts';

export const releaseBranchMutation = `
mutation ReleaseBranch($repository: ID!, $ref: GitRefname!, $at: GitObjectID!, $nothing: GitObjectID!) {
  updateRefs(
    input: { repositoryId: $repository, refUpdates: [{ name: $ref, beforeOid: $at, afterOid: $nothing }] }
  ) { clientMutationId }
}`;

/** Deletes a branch that is not needed after all. One that has moved, is gone or is protected is left alone. */
export async function releaseBranch(
  context: GitHubContext,
  repo: RepoName,
  branch: string,
  at: CommitSha,
): Promise<void> {
  const what = `delete the branch ${branch} of ${repo}`;
  const repository = await repositoryId(context, repo);
  // Git writes "no object" as zeros; as the new value of a ref it deletes the ref.
  const variables = { repository, ref: `refs/heads/${branch}`, at, nothing: '0'.repeat(at.length) };
  const answer = await context.client.mutate(repo, what, { query: releaseBranchMutation, variables });
  checkMutations(what, answer);
  const failure = failureOf(answer, 'updateRefs');
  if (failure === undefined) return;
  if (judgeField(failure) === 'unclear') throw fieldError(what, failure);
  context.log.info({ repo, branch, at, why: failure.message }, 'left a reserved branch where it is');
}
