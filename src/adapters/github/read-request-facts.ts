import { z } from 'zod';
import type { RepoName } from '../../domain/ids.ts';
import type { RequestFacts } from '../../domain/request-state.ts';
import { factsFragment, factsParameters, factsShape, factsVariables } from './facts-fragment.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import { isHiddenReviewer, readQuery } from './graph-failure.ts';
import { toRequestFacts } from './to-request-facts.ts';

export const requestFactsQuery = `
query RequestFacts($owner: String!, $name: String!, ${factsParameters}) {
  repository(owner: $owner, name: $name) { ...RequestFacts }
}
${factsFragment}`;

const shape = z.object({ repository: factsShape });

/** All that decides about opening a request for the tenant `name`, read at one moment. */
export async function readRequestFacts(
  context: GitHubContext,
  repo: RepoName,
  name: string,
): Promise<RequestFacts> {
  const what = `read what ${repo} holds of tenant ${name}`;
  const variables = { ...ownerAndName(repo), ...factsVariables(name) };
  const answer = await context.client.query(repo, what, { query: requestFactsQuery, variables });
  const { repository } = readQuery(what, answer, shape, isHiddenReviewer);
  return await toRequestFacts(context, repo, name, repository);
}
