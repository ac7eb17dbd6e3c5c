import { z } from 'zod';
import type { GitHubLogin, RepoName } from '../../../domain/ids.ts';
import { type GitHubContext, ownerAndName } from '../github-context.ts';
import type { GraphError } from '../graph-answer.ts';
import { readQuery } from '../graph-failure.ts';

export const verifiedEmailsQuery = `
query VerifiedEmails($login: String!, $org: String!) {
  user(login: $login) { organizationVerifiedDomainEmails(login: $org) }
}`;

const shape = z.object({
  user: z.object({ organizationVerifiedDomainEmails: z.array(z.string()).nullable() }).nullable(),
});

/**
 * An account's addresses in domains that the organisation has verified, lower case. Those that a person writes into
 * their profile are not among them. None for an account that is gone, and where GitHub does not tell.
 *
 * @see https://docs.github.com/graphql/reference/objects#user
 */
export async function readVerifiedEmails(
  { client }: GitHubContext,
  repo: RepoName,
  login: GitHubLogin,
): Promise<readonly string[]> {
  const what = `read the verified addresses of ${login}`;
  const variables = { login, org: ownerAndName(repo).owner };
  const answer = await client.query(repo, what, { query: verifiedEmailsQuery, variables });
  const { user } = readQuery(what, answer, shape, isNotTold);
  return (user?.organizationVerifiedDomainEmails ?? []).map((email) => email.toLowerCase());
}

function isNotTold({ type }: GraphError): boolean {
  return type === 'NOT_FOUND' || type === 'FORBIDDEN';
}
