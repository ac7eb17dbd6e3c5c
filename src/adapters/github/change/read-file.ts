import { z } from 'zod';
import type { CommitSha, RepoName } from '../../../domain/ids.ts';
import { PermanentError, RetryableError } from '../../../errors.ts';
import { type GitHubContext, ownerAndName } from '../github-context.ts';
import { readQuery } from '../graph-failure.ts';

export const fileQuery = `
query File($owner: String!, $name: String!, $commit: GitObjectID!, $file: String!) {
  repository(owner: $owner, name: $name) {
    commit: object(oid: $commit) { oid }
    file: object(expression: $file) { __typename ... on Blob { text isTruncated } }
  }
}`;

const blob = z.object({
  __typename: z.string(),
  text: z.string().nullish(),
  isTruncated: z.boolean().optional(),
});

const shape = z.object({
  repository: z.object({ commit: z.object({ oid: z.string() }).nullable(), file: blob.nullable() }),
});

/**
 * A file's text in a commit; undefined when the commit has no such file, or none of text.
 *
 * @throws RetryableError when GitHub does not know the commit yet, PermanentError `too-large` for more than GitHub gives.
 */
export async function readFile(
  { client }: GitHubContext,
  repo: RepoName,
  commit: CommitSha,
  path: string,
): Promise<string | undefined> {
  const what = `read ${path} of ${commit} in ${repo}`;
  const variables = { ...ownerAndName(repo), commit, file: `${commit}:${path}` };
  const answer = await client.query(repo, what, { query: fileQuery, variables });
  const { commit: known, file } = readQuery(what, answer, shape).repository;
  if (known === null) throw new RetryableError(`failed to ${what}: GitHub does not know the commit yet`);
  if (file?.isTruncated) throw new PermanentError('too-large', `failed to ${what}: it is too large`);
  return file?.text ?? undefined;
}
