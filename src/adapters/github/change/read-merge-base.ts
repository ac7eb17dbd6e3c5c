import { z } from 'zod';
import type { CommitSha, RepoName } from '../../../domain/ids.ts';
import { RetryableError } from '../../../errors.ts';
import { type GitHubContext, ownerAndName } from '../github-context.ts';
import { commitSha } from '../shapes.ts';

const shape = z.object({ merge_base_commit: z.object({ sha: commitSha }) });

/**
 * The last commit that two histories share; undefined when they share none, or when GitHub does not know one of them.
 *
 * @see https://docs.github.com/rest/commits/commits#compare-two-commits
 */
export async function readMergeBase(
  { client }: GitHubContext,
  repo: RepoName,
  base: CommitSha,
  head: CommitSha,
): Promise<CommitSha | undefined> {
  const { owner, name } = ownerAndName(repo);
  const what = `find the merge base of ${base} and ${head} in ${repo}`;
  // GitHub lists the changed files, which may be many, on the first page only.
  const parameters = { owner, repo: name, basehead: `${base}...${head}`, per_page: 1, page: 2 };
  const route = '/repos/{owner}/{repo}/compare/{basehead}';
  const answer = await client.get(repo, what, route, parameters, [404]);
  if (answer.status === 404) return undefined;
  const read = shape.safeParse(answer.data);
  if (!read.success) throw new RetryableError(`failed to ${what}: unexpected answer`, { cause: read.error });
  return read.data.merge_base_commit.sha;
}
