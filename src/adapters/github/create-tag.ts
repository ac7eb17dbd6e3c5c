import { z } from 'zod';
import type { CommitSha, RepoName } from '../../domain/ids.ts';
import { AmbiguousWriteError } from '../../errors.ts';
import type { GitHubContext } from './github-context.ts';
import { checkMutations, failureOf, fieldError, judgeField } from './graph-failure.ts';
import { repositoryId } from './repository-id.ts';

export const createTagMutation = `
mutation CreateTag($repository: ID!, $ref: String!, $at: GitObjectID!) {
  createRef(input: { repositoryId: $repository, name: $ref, oid: $at }) { clientMutationId }
}`;

const shape = z.object({ createRef: z.object({}) });

/** Creates a lightweight tag. GitHub refuses when the name is taken, wherever that tag points: it never moves one. */
export async function createTag(
  context: GitHubContext,
  repo: RepoName,
  tag: string,
  commit: CommitSha,
): Promise<'created' | 'exists'> {
  const what = `create the tag ${tag} in ${repo}`;
  const repository = await repositoryId(context, repo);
  const variables = { repository, ref: `refs/tags/${tag}`, at: commit };
  const answer = await context.client.mutate(repo, what, { query: createTagMutation, variables });
  checkMutations(what, answer);
  const failure = failureOf(answer, 'createRef');
  if (failure !== undefined) {
    if (judgeField(failure) === 'exists') return 'exists';
    throw fieldError(what, failure);
  }
  if (shape.safeParse(answer.data).success) return 'created';
  throw new AmbiguousWriteError(`failed to ${what}: the answer does not say that it was done`);
}
