import type { GitHubLogin, SlackUserId } from '../ids.ts';
import type { ApproverRule } from '../policy/change-sections.ts';
import type { Policy } from '../policy.ts';
import { ruleFor } from './approver-rules.ts';
import type { Change } from './change.ts';
import { type Accounts, accountsOf, comparePersons } from './identities.ts';
import type { Pusher } from './pull-facts.ts';
import type { PersonRef, Subject } from './record.ts';
import type { ApprovalRefusal } from './tally.ts';

/** Who is in which group, read now. Undefined is what could not be read whole, which stands for nobody. */
export interface Membership {
  /** Whether a Slack account is a full member; one that is not in it was not asked about. */
  readonly members: ReadonlyMap<SlackUserId, 'member' | 'not-a-member' | undefined>;
  readonly usergroups: ReadonlyMap<string, readonly SlackUserId[] | undefined>;
  readonly teams: ReadonlyMap<string, readonly GitHubLogin[] | undefined>;
}

/** One open pull request of a change, as far as it decides about who may approve. */
export interface ApprovalPart {
  readonly subject: Subject;
  /** Environments of production that it reaches. */
  readonly environments: readonly string[];
  /** Who opened the pull request. */
  readonly author: GitHubLogin | undefined;
  readonly pusher: Pusher;
  /** Who wrote what it brings; undefined when not all of them are known. */
  readonly authors: readonly GitHubLogin[] | undefined;
  /** Milliseconds since the epoch when its head was pushed, where known. */
  readonly headSince?: number | undefined;
}

export interface ApproverContext {
  readonly change: Change;
  readonly part: Omit<ApprovalPart, 'subject'>;
  readonly policy: Policy;
  readonly membership: Membership;
}

export type ApproverVerdict =
  | { readonly kind: 'may'; readonly groups: readonly string[] }
  | { readonly kind: 'refuse'; readonly code: ApprovalRefusal };

type Check = (by: PersonRef, context: ApproverContext) => ApprovalRefusal | undefined;

/** In the order in which a person is told. */
const checks: readonly Check[] = [isIdentified, isMember, isNotRequester, isNotPusher, isNoAuthor];

/** Whether a person may approve a part of a change now, and as a member of which groups. */
export function judgeApprover(by: PersonRef, context: ApproverContext): ApproverVerdict {
  const rules = rulesOf(context);
  if (rules.length === 0) return { kind: 'refuse', code: 'no-approvers' };
  for (const check of checks) {
    const code = check(by, context);
    if (code !== undefined) return { kind: 'refuse', code };
  }
  return inGroups(by, context, rules);
}

export function isBack({ what }: Change): boolean {
  return what.kind === 'promotion' && what.back;
}

/** A rule whose groups may be all full members, as the policy may say of those on call. */
export type EffectiveRule = Omit<ApproverRule, 'groups'> & {
  readonly groups: readonly (ApproverRule['groups'][number] & { readonly everyMember?: true })[];
};

/** The rules for a part; for back to what ran before, those who are on call. */
export function rulesOf({
  change,
  part,
  policy,
}: Pick<ApproverContext, 'change' | 'part' | 'policy'>): readonly EffectiveRule[] {
  if (!isBack(change)) return ruleFor(policy, part.environments);
  const { who, needed } = policy.changes.back;
  if (who === undefined) return [];
  const group = { name: 'on call', usergroups: [], teams: [], people: [] };
  const onCall =
    who === 'members' ? ({ ...group, everyMember: true } as const) : { ...group, usergroups: who.usergroups };
  return [{ environments: [], groups: [onCall], needed, fromEach: false }];
}

function isIdentified(by: PersonRef, { policy }: ApproverContext): ApprovalRefusal | undefined {
  const accounts = accountsOf(by, policy);
  if (accounts.kind === 'ambiguous') return 'ambiguous-identity';
  const isLinked = by.slack !== undefined && by.login !== undefined;
  return accounts.isMapped || isLinked ? undefined : 'no-identity';
}

function isMember({ slack }: PersonRef, { membership }: ApproverContext): ApprovalRefusal | undefined {
  if (slack === undefined) return 'no-identity';
  const known = membership.members.get(slack);
  if (known === 'member') return undefined;
  return known === 'not-a-member' ? 'not-a-member' : 'members-unreadable';
}

function isNotRequester(by: PersonRef, { change, policy }: ApproverContext): ApprovalRefusal | undefined {
  // On call, who asks agrees by asking.
  if (isBack(change)) return undefined;
  const compared = comparePersons(by, change.requester, policy);
  if (compared === 'same') return 'requester';
  return compared === 'unknown' ? 'requester-unknown' : undefined;
}

function isNotPusher(by: PersonRef, { part, policy }: ApproverContext): ApprovalRefusal | undefined {
  const { pusher } = part;
  if (pusher.kind === 'us') return undefined;
  if (pusher.kind === 'unknown') return 'pusher-unknown';
  const compared = comparePersons(by, { slack: undefined, login: pusher.login }, policy);
  if (compared === 'same') return 'pusher';
  return compared === 'unknown' ? 'pusher-unknown' : undefined;
}

function isNoAuthor(by: PersonRef, { change, part, policy }: ApproverContext): ApprovalRefusal | undefined {
  // What goes back brings nothing that anybody wrote since.
  if (policy.changes.authorsMayApprove || isBack(change)) return undefined;
  if (part.authors === undefined) return 'authors-unknown';
  const authors = part.author === undefined ? part.authors : [...part.authors, part.author];
  const compared = authors.map((login) => comparePersons(by, { slack: undefined, login }, policy));
  if (compared.includes('same')) return 'author';
  return compared.includes('unknown') ? 'authors-unknown' : undefined;
}

function inGroups(
  by: PersonRef,
  { policy, membership }: ApproverContext,
  rules: readonly EffectiveRule[],
): ApproverVerdict {
  const accounts = accountsOf(by, policy);
  if (accounts.kind === 'ambiguous') return { kind: 'refuse', code: 'ambiguous-identity' };
  const groups = rules.flatMap((rule) => rule.groups);
  const names = groups.filter((group) => isIn(accounts, group, membership)).map(({ name }) => name);
  if (names.length > 0) return { kind: 'may', groups: [...new Set(names)] };
  const isUnread = groups.some(
    ({ usergroups, teams }) =>
      usergroups.some((group) => membership.usergroups.get(group) === undefined) ||
      teams.some((team) => membership.teams.get(team) === undefined),
  );
  return { kind: 'refuse', code: isUnread ? 'members-unreadable' : 'not-approver' };
}

/** Whether somebody with these accounts is in a group; only for those who are full members. */
export function isIn(
  { slackIds, logins }: Accounts,
  group: EffectiveRule['groups'][number],
  membership: Membership,
): boolean {
  return (
    group.everyMember === true ||
    slackIds.some((id) => group.people.includes(id)) ||
    group.usergroups.some((name) =>
      slackIds.some((id) => membership.usergroups.get(name)?.includes(id) ?? false),
    ) ||
    group.teams.some((team) => logins.some((login) => membership.teams.get(team)?.includes(login) ?? false))
  );
}
