import type { OpeningPlan } from '../../../jobs/ports.ts';
import { parseTrailers } from '../../domain/convention.ts';
import type { GitHubContext } from './github-context.ts';
import { checkMutations, failureOf, fieldError } from './graph-failure.ts';
import { trailersOfAppCommit } from './request-commit.ts';
import type { PullShape } from './request-pull.ts';

export const takeBackPullMutation = `
mutation TakeBackPull($pull: ID!, $body: String!) {
  updatePullRequest(input: { pullRequestId: $pull, state: CLOSED, body: $body }) { clientMutationId }
}`;

/** Whether somebody's commit that is none of ours is what the pull request would bring. */
export function bringsForeignCommits(pull: PullShape, appSlug: string): boolean {
  const first = pull.commits[0]?.commit;
  return first === undefined || trailersOfAppCommit(first, appSlug)?.requestId === undefined;
}

/**
 * Closes a pull request that GitHub opened although our commit was refused, because somebody had pushed to the
 * branch a moment before. Without trailers in its body it is not taken for the request's own.
 */
export async function takeBackPull(
  { client, log }: GitHubContext,
  { repo, branch, body }: OpeningPlan,
  pull: PullShape,
): Promise<void> {
  const what = `take back ${repo}#${pull.number}`;
  const { requestId = 'unknown' } = parseTrailers(body);
  log.warn({ repo, number: pull.number, branch, requestId }, 'somebody pushed to the branch first');
  const variables = {
    pull: pull.id,
    body: `Opened by mistake: somebody had pushed to \`${branch}\` before.`,
  };
  const answer = await client.mutate(repo, what, { query: takeBackPullMutation, variables });
  checkMutations(what, answer);
  const failure = failureOf(answer, 'updatePullRequest');
  if (failure !== undefined) throw fieldError(what, failure);
}
