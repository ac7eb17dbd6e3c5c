import { z } from 'zod';
import type { RepoName } from '../../domain/ids.ts';
import type { RequestPull } from '../../domain/request-state.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import { isHiddenReviewer, readQuery } from './graph-failure.ts';
import { pullKey } from './id-book.ts';
import { requestPull, requestPullFragment, toRequestPull } from './request-pull.ts';

export const pullQuery = `
query Pull($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { ...RequestPull } }
}
${requestPullFragment}`;

const shape = z.object({ repository: z.object({ pullRequest: requestPull.nullable() }) });

/** One pull request; undefined when the repository has none of this number. */
export async function readPull(
  { client, ids, appSlug }: GitHubContext,
  repo: RepoName,
  number: number,
): Promise<RequestPull | undefined> {
  const what = `read ${repo}#${number}`;
  const variables = { ...ownerAndName(repo), number };
  const answer = await client.query(repo, what, { query: pullQuery, variables });
  const { pullRequest } = readQuery(what, answer, shape, (error) => {
    return isHiddenReviewer(error) || (error.type === 'NOT_FOUND' && error.path.at(-1) === 'pullRequest');
  }).repository;
  if (pullRequest === null) return undefined;
  ids.put(pullKey(repo, number), pullRequest.id);
  return toRequestPull(repo, appSlug, pullRequest);
}
