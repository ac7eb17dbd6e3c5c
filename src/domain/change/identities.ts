import type { GitHubLogin, SlackUserId } from '../ids.ts';
import type { Policy } from '../policy.ts';
import type { PersonRef } from './record.ts';

type Identities = Pick<Policy, 'people'>;

/** Accounts that bear one address, which the organisation has verified for the login. */
export interface VerifiedLink {
  readonly slack: SlackUserId;
  readonly login: GitHubLogin;
}

export type ResolvedPerson =
  | {
      readonly kind: 'person';
      readonly ref: PersonRef;
      readonly slackIds: readonly SlackUserId[];
      readonly logins: readonly GitHubLogin[];
    }
  | { readonly kind: 'refuse'; readonly code: 'no-identity' | 'ambiguous-identity' };

/**
 * Who stands behind an account, by what that person cannot edit: the policy's map, else verified addresses.
 *
 * @param account what the door knows them by.
 * @param verified accounts found to bear a verified address; only consulted for whom the policy does not name.
 */
export function resolvePerson(
  account: { readonly slack: SlackUserId } | { readonly login: GitHubLogin },
  people: Policy['people'],
  verified: readonly VerifiedLink[] = [],
): ResolvedPerson {
  const acting: PersonRef = {
    slack: 'slack' in account ? account.slack : undefined,
    login: 'login' in account ? account.login : undefined,
  };
  const known = accountsOf(acting, { people });
  if (known.kind === 'ambiguous') return { kind: 'refuse', code: 'ambiguous-identity' };
  return known.isMapped ? personFrom(acting, known) : byAddress(acting, people, verified);
}

function byAddress(
  acting: PersonRef,
  people: Policy['people'],
  verified: readonly VerifiedLink[],
): ResolvedPerson {
  const links = verified.filter(({ slack, login }) => slack === acting.slack || login === acting.login);
  const slackIds = [...new Set(links.map(({ slack }) => slack))];
  const logins = [...new Set(links.map(({ login }) => login))];
  const [slack, login] = [slackIds[0], logins[0]];
  if (slack === undefined || login === undefined) return { kind: 'refuse', code: 'no-identity' };
  const isSplit = slackIds.length > 1 || logins.length > 1;
  // The policy knows one of the two accounts, and not that the other belongs to it.
  const isContradicted = accountsOf({ slack, login }, { people }).kind === 'ambiguous';
  if (isSplit || isContradicted) return { kind: 'refuse', code: 'ambiguous-identity' };
  return { kind: 'person', ref: { slack, login }, slackIds, logins };
}

function personFrom(acting: PersonRef, { slackIds, logins }: Accounts): ResolvedPerson {
  const ref = { slack: acting.slack ?? slackIds[0], login: acting.login ?? logins[0] };
  return { kind: 'person', ref, slackIds, logins };
}

export interface Accounts {
  readonly kind: 'accounts';
  /** Whether the policy names the person, and so all of their accounts. */
  readonly isMapped: boolean;
  readonly slackIds: readonly SlackUserId[];
  readonly logins: readonly GitHubLogin[];
}

/**
 * All accounts of whom a ref names, by the policy as it is now. `ambiguous` where the policy gives the accounts of the
 * ref to different people, or only one of them to somebody.
 */
export function accountsOf(
  { slack, login }: PersonRef,
  { people }: Identities,
): Accounts | { readonly kind: 'ambiguous' } {
  const entries = people.map(({ slack: ids, github }) => ({
    slackIds: ids.map((id) => id as SlackUserId),
    logins: github === false ? [] : github.map((name) => name.toLowerCase() as GitHubLogin),
  }));
  const touched = entries.filter(
    ({ slackIds, logins }) =>
      (slack !== undefined && slackIds.includes(slack)) || (login !== undefined && logins.includes(login)),
  );
  const [entry] = touched;
  if (entry === undefined) {
    const [slackIds, logins] = [slack === undefined ? [] : [slack], login === undefined ? [] : [login]];
    return { kind: 'accounts', isMapped: false, slackIds, logins };
  }
  const holds =
    (slack === undefined || entry.slackIds.includes(slack)) &&
    (login === undefined || entry.logins.includes(login));
  if (touched.length > 1 || !holds) return { kind: 'ambiguous' };
  return { kind: 'accounts', isMapped: true, ...entry };
}

/**
 * Whether two refs are one person.
 *
 * `different` needs proof: the policy names both, or both have logins (or the policy says that one has none) and these
 * differ. Two Slack accounts that differ prove nothing while the policy does not say whose one of them is.
 */
export function comparePersons(
  one: PersonRef,
  other: PersonRef,
  policy: Identities,
): 'same' | 'different' | 'unknown' {
  const [a, b] = [accountsOf(one, policy), accountsOf(other, policy)];
  if (overlap([one.slack], [other.slack]) || overlap([one.login], [other.login])) return 'same';
  if (a.kind === 'ambiguous' || b.kind === 'ambiguous') return 'unknown';
  if (overlap(a.slackIds, b.slackIds) || overlap(a.logins, b.logins)) return 'same';
  if (a.isMapped && b.isMapped) return 'different';
  const knowsLogins = (accounts: Accounts) => accounts.isMapped || accounts.logins.length > 0;
  return knowsLogins(a) && knowsLogins(b) ? 'different' : 'unknown';
}

/** Whether two refs could be one person: all but what is proven to be different. */
export function samePerson(one: PersonRef, other: PersonRef, policy: Identities): boolean {
  return comparePersons(one, other, policy) !== 'different';
}

function overlap(some: readonly (string | undefined)[], others: readonly (string | undefined)[]): boolean {
  return some.some((id) => id !== undefined && others.includes(id));
}
