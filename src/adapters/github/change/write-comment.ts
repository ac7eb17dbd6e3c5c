import { z } from 'zod';
import type { RepoName } from '../../../domain/ids.ts';
import { RetryableError } from '../../../errors.ts';
import { type GitHubContext, ownerAndName } from '../github-context.ts';
import { pullKey } from '../id-book.ts';
import type { CommentBook, OwnComment } from './comment-book.ts';

const written = z.object({ id: z.number().int() });

const shape = z.array(
  written.extend({
    body: z.string().nullish(),
    user: z.object({ login: z.string(), type: z.string() }).nullable(),
  }),
);

const PER_PAGE = 100;

/**
 * Writes the one comment of ours that bears `key`, or rewrites it; does nothing when it says this already. The key
 * stands in the last line, where no text that is quoted above it can stand; somebody else's comment never counts.
 */
export async function writeComment(
  context: GitHubContext,
  book: CommentBook,
  repo: RepoName,
  number: number,
  key: string,
  markdown: string,
): Promise<void> {
  const what = `comment on ${repo}#${number}`;
  const { owner, name } = ownerAndName(repo);
  const place = { owner, repo: name };
  const pull = pullKey(repo, number);
  const body = `${markdown.trimEnd()}\n\n${markOf(key)}`;
  const known = book.get(pull, key) ?? (await findOwn(context, what, repo, number, key));
  if (known !== undefined && known !== 'none') {
    if (isSame(known.body, body)) return book.put(pull, key, known);
    const route = '/repos/{owner}/{repo}/issues/comments/{comment_id}';
    const changed = await context.client.patch(
      repo,
      what,
      route,
      { ...place, comment_id: known.id, body },
      [404],
    );
    if (changed.status !== 404) return book.put(pull, key, { id: known.id, body });
    // Somebody deleted it.
    book.drop(pull, key);
  }
  const route = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
  const { data } = await context.client.post(repo, what, route, { ...place, issue_number: number, body });
  const read = written.safeParse(data);
  if (read.success) book.put(pull, key, { id: read.data.id, body });
  else book.drop(pull, key);
}

/** The last line of a comment that bears `key`. */
function markOf(key: string): string {
  return `<!-- trunkline:${key} -->`;
}

/** The key of a comment of ours, by its last line. */
export function keyOfComment(body: string): string | undefined {
  return /<!-- trunkline:(\S+) -->$/.exec(body.trimEnd())?.[1];
}

/** GitHub gives line ends back as they were sent by browsers. */
function isSame(standing: string | undefined, body: string): boolean {
  return standing?.replaceAll('\r\n', '\n').trimEnd() === body;
}

async function findOwn(
  { client, appSlug }: GitHubContext,
  what: string,
  repo: RepoName,
  number: number,
  key: string,
): Promise<OwnComment | undefined> {
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
      return isOurs && keyOfComment(body ?? '') === key;
    });
    if (own !== undefined) return { id: own.id, body: own.body ?? undefined };
    if (read.data.length < PER_PAGE) return undefined;
  }
}
