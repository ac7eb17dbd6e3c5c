import { z } from 'zod';
import type { RepoName } from '../../domain/ids.ts';
import { RetryableError } from '../../errors.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';

const shape = z.array(
  z.object({
    activity_type: z.string(),
    ref: z.string(),
    actor: z.object({ login: z.string(), type: z.string() }).nullable(),
  }),
);

/** GitHub's reads may be this old, in milliseconds. */
const LAG_MS = 35_000;

const FORGET_MS = 600_000;

/** When a branch was first missed in the log, by our clock. */
export type MissedSince = Map<string, number>;

/**
 * Whether this App created the branch that stands now, by the repository's activity log, which nobody can write.
 *
 * @param missed remembers since when a branch is missing there.
 * @throws RetryableError while the log knows nothing of the branch, for as long as it may lag behind. After that the
 * branch is older than the log, so it is not ours.
 * @see https://docs.github.com/rest/repos/repos#list-repository-activities
 */
export async function createdByUs(
  context: GitHubContext,
  missed: MissedSince,
  repo: RepoName,
  branch: string,
): Promise<boolean> {
  const { owner, name } = ownerAndName(repo);
  const ref = `refs/heads/${branch}`;
  const what = `read who created ${branch} in ${repo}`;
  const parameters = {
    owner,
    repo: name,
    ref,
    activity_type: 'branch_creation',
    direction: 'desc',
    per_page: 1,
  };
  const { data } = await context.client.get(repo, what, '/repos/{owner}/{repo}/activity', parameters);
  const read = shape.safeParse(data);
  if (!read.success) throw new RetryableError(`failed to ${what}: unexpected answer`, { cause: read.error });
  const creation = read.data.find((each) => each.ref === ref && each.activity_type === 'branch_creation');
  const key = `${repo} ${branch}`;
  if (creation !== undefined) {
    missed.delete(key);
    return creation.actor?.type === 'Bot' && creation.actor.login === `${context.appSlug}[bot]`;
  }
  const missedFor = missedForMs(missed, key, context.monotonic());
  if (missedFor < LAG_MS) {
    throw new RetryableError(`GitHub's activity log does not know ${branch} yet`, { retryInMs: 5_000 });
  }
  return false;
}

/** Forgets after a while, since a branch of that name may be made anew. */
function missedForMs(missed: MissedSince, key: string, now: number): number {
  for (const [each, since] of missed) if (now - since > FORGET_MS) missed.delete(each);
  const since = missed.get(key) ?? now;
  missed.set(key, since);
  return now - since;
}
