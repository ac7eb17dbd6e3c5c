import { z } from 'zod';
import type { Pusher } from '../../../domain/change/pull-facts.ts';
import type { CommitSha, RepoName } from '../../../domain/ids.ts';
import { RetryableError } from '../../../errors.ts';
import { type GitHubContext, ownerAndName } from '../github-context.ts';
import { toLogin } from './to-login.ts';

const shape = z.array(
  z.object({
    activity_type: z.string(),
    ref: z.string(),
    after: z.string(),
    timestamp: z.string().optional(),
    actor: z.object({ login: z.string(), type: z.string() }).nullable(),
  }),
);

/** Activities that leave a branch at a commit. */
const PUSHES = ['push', 'force_push', 'branch_creation', 'pr_merge'];

/**
 * Who pushed `head` to `branch` last, by the repository's activity log, which nobody can write. Another bot counts as
 * unknown: who set it going the log does not tell.
 *
 * @see https://docs.github.com/rest/repos/repos#list-repository-activities
 */
export async function readPusher(
  { client, appSlug }: GitHubContext,
  repo: RepoName,
  branch: string,
  head: CommitSha,
): Promise<Pusher> {
  const { owner, name } = ownerAndName(repo);
  const ref = `refs/heads/${branch}`;
  const what = `read who pushed to ${branch} in ${repo}`;
  const parameters = { owner, repo: name, ref, per_page: 100, direction: 'desc' };
  const { data } = await client.get(repo, what, '/repos/{owner}/{repo}/activity', parameters);
  const read = shape.safeParse(data);
  if (!read.success) throw new RetryableError(`failed to ${what}: unexpected answer`, { cause: read.error });
  const push = read.data.find((each) => {
    return each.ref === ref && each.after === head && PUSHES.includes(each.activity_type);
  });
  const actor = push?.actor;
  if (!actor) return { kind: 'unknown' };
  if (actor.type === 'Bot' && actor.login === `${appSlug}[bot]`) return { kind: 'us' };
  if (actor.type !== 'User') return { kind: 'unknown' };
  const at = Date.parse(push?.timestamp ?? '');
  return { kind: 'person', login: toLogin(actor.login), at: Number.isNaN(at) ? undefined : at };
}
