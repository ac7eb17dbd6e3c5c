import { z } from 'zod';
import type { RepoName } from '../../../domain/ids.ts';
import { RetryableError } from '../../../errors.ts';
import { type GitHubContext, ownerAndName } from '../github-context.ts';
import { APPROVAL_CHECK } from './approval-check.ts';

const check = z.object({ context: z.string(), integration_id: z.number().nullish() });

const shape = z.array(
  z.object({
    type: z.string(),
    parameters: z.object({ required_status_checks: z.array(check).optional() }).optional(),
  }),
);

const PER_PAGE = 100;

/**
 * Whether the rules of a branch require the App's check from the App itself, from whoever gives it, or not at all.
 *
 * @see https://docs.github.com/rest/repos/rules#get-rules-for-a-branch
 */
export async function readApprovalRule(
  { client, appId }: GitHubContext,
  repo: RepoName,
  branch: string,
): Promise<'pinned' | 'unpinned' | 'missing'> {
  const what = `read the rules of ${branch} in ${repo}`;
  const { owner, name } = ownerAndName(repo);
  const found: z.output<typeof check>[] = [];
  for (let page = 1; ; page += 1) {
    const parameters = { owner, repo: name, branch, per_page: PER_PAGE, page };
    const { data } = await client.get(
      repo,
      what,
      '/repos/{owner}/{repo}/rules/branches/{branch}',
      parameters,
    );
    const read = shape.safeParse(data);
    if (!read.success)
      throw new RetryableError(`failed to ${what}: unexpected answer`, { cause: read.error });
    const rules = read.data.filter(({ type }) => type === 'required_status_checks');
    found.push(...rules.flatMap(({ parameters: given }) => given?.required_status_checks ?? []));
    if (read.data.length < PER_PAGE) break;
  }
  const ours = found.filter(({ context }) => context === APPROVAL_CHECK);
  if (ours.length === 0) return 'missing';
  return ours.some(({ integration_id: id }) => id === appId) ? 'pinned' : 'unpinned';
}
