import { z } from 'zod';
import { parseTrailers, readRequestChange } from '../../domain/convention.ts';
import type { RepoName } from '../../domain/ids.ts';
import type { StandingRequest } from '../../domain/request/standing-request.ts';
import { PermanentError } from '../../errors.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import { isHiddenReviewer, readQuery } from './graph-failure.ts';
import { pullKey, repositoryKey } from './id-book.ts';
import { isMadeByApp, requestCommit } from './request-commit.ts';
import { type PullShape, requestPull, requestPullFragment, toRequestPull } from './request-pull.ts';
import { commitSha, nodesOf } from './shapes.ts';

export const standingRequestQuery = `
query StandingRequest($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    id
    defaultBranchRef { name target { oid } }
    pullRequest(number: $number) {
      ...RequestPull
      recent: commits(last: 100) { nodes { commit { ...RequestCommit } } }
    }
  }
}
${requestPullFragment}`;

const standing = requestPull.extend({ recent: nodesOf(z.object({ commit: requestCommit })) });
const shape = z.object({
  repository: z.object({
    id: z.string(),
    defaultBranchRef: z.object({ name: z.string(), target: z.object({ oid: commitSha }) }).nullable(),
    pullRequest: standing.nullable(),
  }),
});

/** A pull request with its commits; undefined when there is none of this number, or when it comes from a fork. */
export async function readStandingRequest(
  { client, ids, appSlug }: GitHubContext,
  repo: RepoName,
  number: number,
): Promise<StandingRequest | undefined> {
  const what = `read the request ${repo}#${number}`;
  const variables = { ...ownerAndName(repo), number };
  const answer = await client.query(repo, what, { query: standingRequestQuery, variables });
  const { id, defaultBranchRef, pullRequest } = readQuery(what, answer, shape, (error) => {
    return isHiddenReviewer(error) || (error.type === 'NOT_FOUND' && error.path.at(-1) === 'pullRequest');
  }).repository;
  if (defaultBranchRef === null)
    throw new PermanentError('empty-repository', `${repo} has no default branch`);
  ids.put(repositoryKey(repo), id);
  if (pullRequest === null || pullRequest.isCrossRepository) return undefined;
  ids.put(pullKey(repo, number), pullRequest.id);
  return {
    pull: toRequestPull(repo, appSlug, pullRequest),
    body: pullRequest.body,
    ...requester(pullRequest, appSlug),
    commits: pullRequest.recent.map(({ commit }) => {
      const ours = isMadeByApp(commit, appSlug);
      const changeId = ours ? readRequestChange(commit.message) : undefined;
      return { sha: commit.oid, ours, changeId, message: commit.message };
    }),
    defaultBranch: defaultBranchRef.name,
    base: defaultBranchRef.target.oid,
  };
}

/** As the asker's Slack id is read: our commit first, and a body only where we wrote it. */
function requester(pull: PullShape, appSlug: string) {
  const first = pull.commits[0]?.commit;
  const signed =
    first !== undefined && isMadeByApp(first, appSlug) ? parseTrailers(first.message) : undefined;
  const { requesterName, requesterLogin } =
    signed?.requestId === undefined ? parseTrailers(pull.body) : signed;
  return { requesterName, requesterLogin };
}
