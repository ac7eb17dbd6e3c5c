import { z } from 'zod';
import type { RepoName } from '../../../domain/ids.ts';
import { RetryableError } from '../../../errors.ts';
import { type GitHubContext, ownerAndName } from '../github-context.ts';

const shape = z.array(
  z.object({
    id: z.number().int(),
    body: z.string().nullish(),
    user: z.object({ login: z.string(), type: z.string() }).nullable(),
  }),
);
type Comment = z.output<typeof shape>[number];

const PER_PAGE = 100;

/**
 * Writes the one comment of ours that bears `key`, or rewrites it; does nothing when it says this already. The key
 * stands in the last line, where no text that is quoted above it can stand; somebody else's comment never counts.
 */
export async function writeComment(
  context: GitHubContext,
  repo: RepoName,
  number: number,
  key: string,
  markdown: string,
): Promise<void> {
  const what = `comment on ${repo}#${number}`;
  const { owner, name } = ownerAndName(repo);
  const place = { owner, repo: name };
  const mark = `<!-- trunkline:${key} -->`;
  const body = `${markdown.trimEnd()}\n\n${mark}`;
  const standing = await findOwn(context, what, repo, number, mark);
  if (standing === undefined) {
    const route = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
    await context.client.post(repo, what, route, { ...place, issue_number: number, body });
    return;
  }
  // GitHub gives line ends back as they were sent by browsers.
  if (standing.body?.replaceAll('\r\n', '\n').trimEnd() === body) return;
  const route = '/repos/{owner}/{repo}/issues/comments/{comment_id}';
  await context.client.patch(repo, what, route, { ...place, comment_id: standing.id, body });
}

async function findOwn(
  { client, appSlug }: GitHubContext,
  what: string,
  repo: RepoName,
  number: number,
  mark: string,
): Promise<Comment | undefined> {
  const { owner, name } = ownerAndName(repo);
  const route = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
  for (let page = 1; ; page += 1) {
    const parameters = { owner, repo: name, issue_number: number, per_page: PER_PAGE, page };
    const { data } = await client.get(repo, what, route, parameters);
    const read = shape.safeParse(data);
    if (!read.success)
      throw new RetryableError(`failed to ${what}: unexpected answer`, { cause: read.error });
    const own = read.data.find(({ user, body }) => {
      const isOurs = user?.type === 'Bot' && user.login === `${appSlug}[bot]`;
      return isOurs && body?.trimEnd().endsWith(mark) === true;
    });
    if (own !== undefined || read.data.length < PER_PAGE) return own;
  }
}
