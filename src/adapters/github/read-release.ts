import { z } from 'zod';
import type { RepoName } from '../../domain/ids.ts';
import type { Release } from '../../domain/release/release-facts.ts';
import { RetryableError } from '../../errors.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import { readQuery } from './graph-failure.ts';
import { peel, peeled, peeledFragment } from './peeled.ts';
import { askRepositoryId } from './repository-id.ts';
import { isApp } from './shapes.ts';

const releaseShape = z.object({
  id: z.number().int(),
  tag_name: z.string(),
  name: z.string().nullish(),
  body: z.string().nullish(),
  html_url: z.url(),
  draft: z.boolean(),
  prerelease: z.boolean(),
  created_at: z.string(),
  published_at: z.string().nullish(),
  updated_at: z.string().nullish(),
  author: z.object({ login: z.string(), type: z.string() }).nullish(),
});

export const tagOfReleaseQuery = `
query TagOfRelease($owner: String!, $name: String!, $ref: String!, $tag: String!) {
  repository(owner: $owner, name: $name) {
    ref(qualifiedName: $ref) { target { ...Peeled } }
    release(tagName: $tag) { databaseId updatedAt }
  }
}
${peeledFragment}`;

const tagShape = z.object({
  repository: z.object({
    ref: z.object({ target: peeled.nullable() }).nullable(),
    release: z.object({ databaseId: z.number().nullable(), updatedAt: z.string() }).nullable(),
  }),
});

/**
 * One release by its number, and what its tag points to: two requests. `at` is when GitHub told of the release.
 *
 * @throws PermanentError when the repository itself cannot be read; GitHub answers that with 404 too, and a release
 * counts as gone only when its repository is there.
 */
export async function readRelease(
  context: GitHubContext,
  repo: RepoName,
  id: number,
): Promise<{ readonly release: Release | undefined; readonly at: number }> {
  const what = `read release ${id} of ${repo}`;
  const { owner, name } = ownerAndName(repo);
  const parameters = { owner, repo: name, release_id: id };
  const route = '/repos/{owner}/{repo}/releases/{release_id}';
  const answer = await context.client.get(repo, what, route, parameters, [404]);
  if (answer.status === 404) {
    await askRepositoryId(context, repo);
    return { release: undefined, at: answer.at };
  }
  const read = releaseShape.safeParse(answer.data);
  if (!read.success) throw new RetryableError(`failed to ${what}: unexpected answer`, { cause: read.error });
  return { release: await toRelease(context, repo, read.data), at: answer.at };
}

async function toRelease(
  context: GitHubContext,
  repo: RepoName,
  found: z.output<typeof releaseShape>,
): Promise<Release> {
  const { tag_name: tag, author } = found;
  const what = `read the tag of release ${found.id} of ${repo}`;
  const variables = { ...ownerAndName(repo), ref: `refs/tags/${tag}`, tag };
  const answer = await context.client.query(repo, what, { query: tagOfReleaseQuery, variables });
  const { ref, release } = readQuery(what, answer, tagShape).repository;
  const end = ref?.target ? peel(ref.target) : undefined;
  // GitHub Enterprise Server tells by GraphQL alone when a release was changed.
  const byGraph = release?.databaseId === found.id ? release.updatedAt : undefined;
  return {
    repo,
    id: found.id,
    tag,
    commit: end?.isCommit ? end.oid : undefined,
    name: found.name || tag,
    body: found.body ?? '',
    url: found.html_url,
    isDraft: found.draft,
    isPrerelease: found.prerelease,
    publishedAt: found.draft ? undefined : (found.published_at ?? undefined),
    updatedAt: found.updated_at ?? byGraph ?? found.published_at ?? found.created_at,
    author: author?.login,
    ours: isApp(author ? { __typename: author.type, login: author.login } : null, context.appSlug),
  };
}
