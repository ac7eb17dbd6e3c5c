import { z } from 'zod';
import type { GitHubLogin, RepoName } from '../../../domain/ids.ts';
import { type GitHubContext, ownerAndName } from '../github-context.ts';
import { readQuery } from '../graph-failure.ts';
import { toLogin } from './to-login.ts';

/** A hidden member makes the list one that could not be read whole, so every node is counted. */
export const teamMembersQuery = `
query TeamMembers($org: String!, $slug: String!, $after: String) {
  organization(login: $org) {
    team(slug: $slug) {
      members(first: 100, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } nodes { login }
      }
    }
  }
}`;

const shape = z.object({
  organization: z.object({
    team: z.object({
      members: z.object({
        totalCount: z.number().int(),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        nodes: z.array(z.object({ login: z.string() })),
      }),
    }),
  }),
});

/** Ends a listing that never ends. */
const MOST_PAGES = 50;

/**
 * Members of a team of the repository's organisation, those of its child teams too.
 *
 * @param team its slug, also as `org/slug`.
 * @returns undefined when the list could not be read whole, whatever the reason; a half-read list allows nobody.
 */
export async function readTeamMembers(
  context: GitHubContext,
  repo: RepoName,
  team: string,
): Promise<readonly GitHubLogin[] | undefined> {
  const { owner: org } = ownerAndName(repo);
  const [slug = '', given = org] = team.replace(/^@/, '').split('/').toReversed();
  // The App is installed on one organisation and sees no other's teams.
  if (given.toLowerCase() !== org.toLowerCase()) return undefined;
  try {
    return await readAll(context, repo, { org, slug });
  } catch (error) {
    context.log.warn({ repo, team, err: error }, 'the members of a team cannot be read');
    return undefined;
  }
}

async function readAll(
  { client }: GitHubContext,
  repo: RepoName,
  place: { readonly org: string; readonly slug: string },
): Promise<readonly GitHubLogin[] | undefined> {
  const what = `read the members of ${place.org}/${place.slug}`;
  const logins = new Set<GitHubLogin>();
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const variables: Record<string, unknown> = { ...place, after };
    const answer = await client.query(repo, what, { query: teamMembersQuery, variables });
    const { totalCount, pageInfo, nodes } = readQuery(what, answer, shape).organization.team.members;
    for (const { login } of nodes) logins.add(toLogin(login));
    if (!pageInfo.hasNextPage) return logins.size === totalCount ? [...logins] : undefined;
    after = pageInfo.endCursor;
  }
  return undefined;
}
