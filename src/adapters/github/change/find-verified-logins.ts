import { z } from 'zod';
import type { GitHubLogin, RepoName } from '../../../domain/ids.ts';
import { type GitHubContext, ownerAndName } from '../github-context.ts';
import type { GraphError } from '../graph-answer.ts';
import { readQuery } from '../graph-failure.ts';
import { toLogin } from './to-login.ts';

export const verifiedMembersQuery = `
query VerifiedMembers($org: String!, $after: String) {
  organization(login: $org) {
    membersWithRole(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { login organizationVerifiedDomainEmails(login: $org) }
    }
  }
}`;

const shape = z.object({
  organization: z
    .object({
      membersWithRole: z.object({
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        nodes: z.array(
          z
            .object({
              login: z.string(),
              organizationVerifiedDomainEmails: z.array(z.string()).nullish(),
            })
            .nullable(),
        ),
      }),
    })
    .nullable(),
});

type Logins = ReadonlyMap<string, readonly GitHubLogin[]>;

/** Members of organisations by their verified addresses, as they were listed last. */
export type VerifiedMembers = Map<string, { readonly byEmail: Logins; readonly at: number }>;

/** Ends a listing that never ends. */
const MOST_PAGES = 100;
/** Who is found is asked about again; who is not may have had their address verified since. */
const FOUND_LASTS_MS = 10 * 60_000;
const MISS_LASTS_MS = 30_000;

/**
 * The members of the repository's organisation that bear an address in a domain that the organisation has verified. One
 * request for each hundred members, remembered for ten minutes.
 *
 * @param email lower case.
 * @returns undefined when the members cannot be listed whole, for then nobody can say that it is one only.
 */
export async function findVerifiedLogins(
  context: GitHubContext,
  known: VerifiedMembers,
  repo: RepoName,
  email: string,
): Promise<readonly GitHubLogin[] | undefined> {
  const { owner: org } = ownerAndName(repo);
  const last = known.get(org);
  const age = last === undefined ? Number.POSITIVE_INFINITY : context.monotonic() - last.at;
  const found = last?.byEmail.get(email);
  if (found !== undefined && age < FOUND_LASTS_MS) return found;
  if (last !== undefined && age < MISS_LASTS_MS) return [];
  const byEmail = await listMembers(context, repo, org);
  if (byEmail === undefined) return undefined;
  known.set(org, { byEmail, at: context.monotonic() });
  return byEmail.get(email) ?? [];
}

async function listMembers(
  { client }: GitHubContext,
  repo: RepoName,
  org: string,
): Promise<Logins | undefined> {
  const what = `list the verified addresses of ${org}`;
  const byEmail = new Map<string, readonly GitHubLogin[]>();
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const variables: Record<string, unknown> = { org, after };
    const answer = await client.query(repo, what, { query: verifiedMembersQuery, variables });
    const { organization } = readQuery(what, answer, shape, isNotTold);
    if (organization === null) return undefined;
    const { pageInfo, nodes } = organization.membersWithRole;
    for (const node of nodes) {
      if (node === null) return undefined;
      for (const email of node.organizationVerifiedDomainEmails ?? []) {
        const address = email.toLowerCase();
        byEmail.set(address, [...(byEmail.get(address) ?? []), toLogin(node.login)]);
      }
    }
    if (!pageInfo.hasNextPage) return byEmail;
    after = pageInfo.endCursor;
  }
  return undefined;
}

function isNotTold({ type }: GraphError): boolean {
  return type === 'NOT_FOUND' || type === 'FORBIDDEN';
}
