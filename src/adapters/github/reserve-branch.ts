import { z } from 'zod';
import type { Reservation } from '../../../jobs/ports.ts';
import type { CommitSha, RepoName } from '../../domain/ids.ts';
import type { RequestBranch, RequestFacts } from '../../domain/request-state.ts';
import { factsFragment, factsParameters, factsShape, factsVariables } from './facts-fragment.ts';
import type { GitHubContext } from './github-context.ts';
import {
  checkMutations,
  failureOf,
  fieldError,
  isHiddenReviewer,
  judgeField,
  readQuery,
} from './graph-failure.ts';
import { repositoryId } from './repository-id.ts';
import { toRequestFacts } from './to-request-facts.ts';

export const reserveBranchMutation = `
mutation ReserveBranch($repository: ID!, $newRef: String!, $at: GitObjectID!, ${factsParameters}) {
  createRef(input: { repositoryId: $repository, name: $newRef, oid: $at }) {
    ref { repository { ...RequestFacts } }
  }
}
${factsFragment}`;

const shape = z.object({ createRef: z.object({ ref: z.object({ repository: factsShape }) }) });

/**
 * Creates `branch` at the commit `at`, unless the name is taken, and reads what there is for the tenant `name`.
 *
 * @throws RetryableError when the branch stands but the facts could not be read: the next look finds it.
 */
export async function reserveBranch(
  context: GitHubContext,
  repo: RepoName,
  name: string,
  branch: string,
  at: CommitSha,
): Promise<Reservation> {
  const what = `create the branch ${branch} in ${repo}`;
  const repository = await repositoryId(context, repo);
  const variables = { repository, newRef: `refs/heads/${branch}`, at, ...factsVariables(name) };
  const answer = await context.client.mutate(repo, what, { query: reserveBranchMutation, variables });
  checkMutations(what, answer);
  const failure = failureOf(answer, 'createRef');
  if (failure && judgeField(failure) === 'exists') return { kind: 'taken' };
  if (failure) throw fieldError(what, failure);
  const { createRef } = readQuery(what, answer, shape, isHiddenReviewer);
  const facts = await toRequestFacts(context, repo, name, createRef.ref.repository);
  return { kind: 'reserved', facts: withBranch(facts, branch, at) };
}

/** Reads may lag behind, even this one, but the branch stands: GitHub has just said so. */
function withBranch(facts: RequestFacts, branch: string, at: CommitSha): RequestFacts {
  const reserved: RequestBranch = { name: branch, head: at, requestId: undefined, bare: true };
  const others = facts.branches.filter(({ name }) => name !== branch);
  return { ...facts, branches: [...others, reserved], createdByUs: new Map([[branch, true]]) };
}
