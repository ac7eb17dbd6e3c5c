import { accountsOf, type VerifiedLink } from '../../src/domain/change/identities.ts';
import type { GitHubLogin, RepoName, SlackUserId } from '../../src/domain/ids.ts';
import type { JobDeps } from '../deps.ts';
import type { CommittedPlatform } from '../known-platform.ts';

export type Actor = { readonly slack: SlackUserId } | { readonly login: GitHubLogin };

type Deps = Pick<JobDeps, 'people' | 'changes'>;

/**
 * Accounts that bear one address with somebody's, which the organisation has verified on GitHub and which Slack has had
 * confirmed. Only for whom the policy does not name: its word comes first, and then nobody is asked. Read now, since it
 * says whose word counts.
 */
export async function verifiedLinks(
  deps: Deps,
  repo: RepoName,
  actor: Actor,
  { policy }: Pick<CommittedPlatform, 'policy'>,
): Promise<readonly VerifiedLink[]> {
  const ref = {
    slack: 'slack' in actor ? actor.slack : undefined,
    login: 'login' in actor ? actor.login : undefined,
  };
  const known = accountsOf(ref, policy);
  if (known.kind === 'ambiguous' || known.isMapped) return [];
  return ref.slack === undefined ? linksOfLogin(deps, repo, ref.login) : linksOfSlack(deps, repo, ref.slack);
}

async function linksOfSlack(
  { people, changes }: Deps,
  repo: RepoName,
  slack: SlackUserId,
): Promise<readonly VerifiedLink[]> {
  const email = (await people.find(slack, { fresh: true }))?.email;
  if (email === undefined) return [];
  const links: VerifiedLink[] = [];
  for (const login of (await changes.findVerifiedLogins(repo, email)) ?? []) {
    // The list may be minutes old.
    if ((await changes.readVerifiedEmails(repo, login)).includes(email)) links.push({ slack, login });
  }
  return links;
}

async function linksOfLogin(
  { people, changes }: Deps,
  repo: RepoName,
  login: GitHubLogin | undefined,
): Promise<readonly VerifiedLink[]> {
  if (login === undefined) return [];
  const links: VerifiedLink[] = [];
  for (const email of await changes.readVerifiedEmails(repo, login)) {
    const person = await people.findByEmail(email);
    if (person?.email === email) links.push({ slack: person.id, login });
  }
  return links;
}
