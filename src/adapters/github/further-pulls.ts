import { z } from 'zod';
import type { RepoName } from '../../domain/ids.ts';
import { pullPage } from './facts-fragment.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import { isHiddenReviewer, readQuery } from './graph-failure.ts';
import { type PullShape, requestPullFragment } from './request-pull.ts';

export const furtherPullsQuery = `
query FurtherPulls($owner: String!, $name: String!, $branch: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequests(
      headRefName: $branch, first: 50, after: $after, orderBy: { field: CREATED_AT, direction: DESC }
    ) {
      pageInfo { hasNextPage endCursor }
      nodes { ...RequestPull }
    }
  }
}
${requestPullFragment}`;

const shape = z.object({ repository: z.object({ pullRequests: pullPage }) });

/** More pages than this of pull requests from one branch name are somebody's mischief. */
const PAGES = 20;

/**
 * The pull requests from branches of this name after the first page. There is more than one page only where
 * somebody opens them in heaps, as anybody can from forks; ours must be found among them all the same.
 */
export async function readFurtherPulls(
  { client }: GitHubContext,
  repo: RepoName,
  branch: string,
  cursor: string | null,
): Promise<readonly (PullShape | null)[]> {
  const what = `read the pull requests of ${branch} in ${repo}`;
  const found: (PullShape | null)[] = [];
  let after = cursor;
  for (let page = 0; page < PAGES; page += 1) {
    const variables = { ...ownerAndName(repo), branch, after };
    const answer = await client.query(repo, what, { query: furtherPullsQuery, variables });
    const { pullRequests } = readQuery(what, answer, shape, isHiddenReviewer).repository;
    found.push(...(pullRequests.nodes ?? []));
    if (!pullRequests.pageInfo.hasNextPage) break;
    after = pullRequests.pageInfo.endCursor;
  }
  return found;
}
