import { z } from 'zod';
import type { CommitSha, RepoName } from '../../domain/ids.ts';
import { RetryableError } from '../../errors.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';

const shape = z.object({ status: z.enum(['ahead', 'behind', 'diverged', 'identical']) });

/**
 * Whether a commit is in the history of another, itself included. One request; false for a commit that GitHub does
 * not know, and for histories with nothing in common.
 *
 * @see https://docs.github.com/rest/commits/commits#compare-two-commits
 */
export async function isAncestor(
  context: GitHubContext,
  repo: RepoName,
  commit: CommitSha,
  of: CommitSha,
): Promise<boolean> {
  const { owner, name } = ownerAndName(repo);
  const what = `compare ${commit} with ${of} in ${repo}`;
  // GitHub lists the changed files, which may be many, on the first page only.
  const parameters = { owner, repo: name, basehead: `${commit}...${of}`, per_page: 1, page: 2 };
  const route = '/repos/{owner}/{repo}/compare/{basehead}';
  const answer = await context.client.get(repo, what, route, parameters, [404]);
  if (answer.status === 404) return false;
  const read = shape.safeParse(answer.data);
  if (!read.success) throw new RetryableError(`failed to ${what}: unexpected answer`, { cause: read.error });
  return read.data.status === 'ahead' || read.data.status === 'identical';
}
