import { z } from 'zod';
import type { RepoName } from '../../domain/ids.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import { readQuery } from './graph-failure.ts';
import { repositoryKey } from './id-book.ts';

export const repositoryIdQuery = `
query RepositoryId($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { id } }`;

const shape = z.object({ repository: z.object({ id: z.string() }) });

/** The repository's node id; every read of the repository brings it, so it is asked for only by a cold process. */
export async function repositoryId(context: GitHubContext, repo: RepoName): Promise<string> {
  return context.ids.get(repositoryKey(repo)) ?? (await askRepositoryId(context, repo));
}

/** Asks in any case. @throws PermanentError `not-found` when the App cannot see the repository any more. */
export async function askRepositoryId({ client, ids }: GitHubContext, repo: RepoName): Promise<string> {
  const what = `read the id of ${repo}`;
  const answer = await client.query(repo, what, { query: repositoryIdQuery, variables: ownerAndName(repo) });
  const { id } = readQuery(what, answer, shape).repository;
  ids.put(repositoryKey(repo), id);
  return id;
}
