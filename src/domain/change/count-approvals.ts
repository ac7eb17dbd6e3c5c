import type { SlackUserId } from '../ids.ts';
import type { Policy } from '../policy.ts';
import type { Change } from './change.ts';
import { accountsOf, samePerson } from './identities.ts';
import {
  type ApprovalPart,
  type ApproverContext,
  type EffectiveRule,
  isBack,
  isIn,
  judgeApprover,
  type Membership,
  rulesOf,
} from './judge-approver.ts';
import { unmatchedGroups } from './match-groups.ts';
import type { PersonRef, Subject } from './record.ts';
import { isSameSubject } from './same-subject.ts';
import type { CountedApproval, Tally, VoidApproval } from './tally.ts';

export type { ApprovalPart, Membership } from './judge-approver.ts';

export interface CountWish {
  readonly change: Change;
  readonly part: ApprovalPart;
  readonly policy: Policy;
  readonly membership: Membership;
  /** A damaged ledger proves no approval. */
  readonly isDamaged: boolean;
}

/**
 * Counts the approvals of one pull request that hold now: given for exactly what it is, by different people who may
 * still approve it.
 *
 * For back to what ran before, the request of who asked is one agreement of itself, as long as the head is what
 * Trunkline pushed and goes to the version asked for, and who asked is (still) on call.
 */
export function countApprovals(wish: CountWish): Tally {
  const rules = rulesOf(wish);
  const { given, voids } = sortOut(wish);
  const candidates = candidatesOf(wish, rules, given);
  return {
    ...weigh(rules, given, wish),
    given,
    void: voids,
    eligible: candidates.length,
    candidates,
    groups: rules.flatMap((rule) =>
      rule.groups.map(({ name, usergroups, teams }) => ({ name, usergroups, teams })),
    ),
  };
}

function sortOut(wish: CountWish): { given: readonly CountedApproval[]; voids: readonly VoidApproval[] } {
  const given: CountedApproval[] = [];
  const voids: VoidApproval[] = [];
  for (const { by, at, subjects } of standing(wish)) {
    const verdict = judgeApprover(by, wish);
    const about = subjects.filter(({ pull }) => pull === wish.part.subject.pull);
    if (wish.isDamaged) voids.push({ by, why: 'ledger-damaged' });
    else if (about.length === 0) continue;
    else if (!about.some((subject) => isSameSubject(subject, wish.part.subject)))
      voids.push({ by, why: 'outdated' });
    else if (verdict.kind === 'refuse') voids.push({ by, why: verdict.code });
    // Two accounts that may be one person's count once.
    else if (!given.some((other) => samePerson(other.by, by, wish.policy)))
      given.push({ by, at, groups: verdict.groups });
  }
  return { given, voids };
}

function standing({
  change,
  part,
}: CountWish): readonly { by: PersonRef; at: string; subjects: readonly Subject[] }[] {
  const { what, requester, openedAt, approvals } = change;
  if (!isBack(change) || what.kind !== 'promotion') return approvals;
  const asAsked =
    part.pusher.kind === 'us' &&
    part.subject.turns.length > 0 &&
    part.subject.turns.every(
      ({ to, target }) => to === `tag ${what.tag}` && target !== undefined && target === what.target,
    );
  return asAsked ? [{ by: requester, at: openedAt, subjects: [part.subject] }, ...approvals] : approvals;
}

function weigh(
  rules: readonly EffectiveRule[],
  given: readonly CountedApproval[],
  { policy, membership }: CountWish,
): Pick<Tally, 'needed' | 'missing' | 'isEnough'> {
  const perRule = rules.map((rule) => {
    // By place and not by name: groups of two rules may share a name and not their members.
    const keys = rule.groups.map((_, index) => String(index));
    const groupsOf = given.map(({ by }) => {
      const accounts = accountsOf(by, policy);
      if (accounts.kind === 'ambiguous') return [];
      return keys.filter((_, index) =>
        rule.groups.slice(index, index + 1).some((group) => isIn(accounts, group, membership)),
      );
    });
    const counted = groupsOf.filter((groups) => groups.length > 0);
    const unmatched = unmatchedGroups(keys, counted);
    return {
      needed: Math.max(rule.needed, rule.fromEach ? keys.length : 0),
      short: Math.max(0, rule.needed - counted.length),
      missing: rule.fromEach
        ? rule.groups.filter((_, index) => unmatched.includes(String(index))).map(({ name }) => name)
        : [],
    };
  });
  const missing = [...new Set(perRule.flatMap((rule) => rule.missing))];
  // Where several rules hold, one may be short while as many as another needs have approved.
  const isShared = rules.length > 1;
  const totals = perRule.map(({ needed, short }) =>
    isShared && short > 0 ? Math.max(needed, given.length + short) : needed,
  );
  const needed = Math.max(1, ...totals);
  const isEnough = rules.length > 0 && missing.length === 0 && perRule.every(({ short }) => short === 0);
  return { needed, missing, isEnough };
}

/** Everybody in a group who could still approve; by their Slack ids, or by logins that the policy knows. */
function candidatesOf(
  wish: CountWish,
  rules: readonly EffectiveRule[],
  given: readonly CountedApproval[],
): readonly PersonRef[] {
  if (wish.isDamaged) return [];
  const found: PersonRef[] = [];
  for (const ref of namedBy(rules, wish)) {
    const isKnown = [...given.map(({ by }) => by), ...found].some((other) =>
      samePerson(other, ref, wish.policy),
    );
    if (!isKnown && judgeApprover(ref, assumingMembers(wish, ref)).kind === 'may') found.push(ref);
  }
  return found;
}

/** A Slack group holds members only: whoever has not been asked about is taken for one, as long as nothing counts by it. */
function assumingMembers(wish: CountWish, { slack }: PersonRef): ApproverContext {
  const { members } = wish.membership;
  if (slack === undefined || members.has(slack)) return wish;
  return { ...wish, membership: { ...wish.membership, members: new Map(members).set(slack, 'member') } };
}

function namedBy(rules: readonly EffectiveRule[], { policy, membership }: CountWish): readonly PersonRef[] {
  const groups = rules.flatMap((rule) => rule.groups);
  const bySlack = groups.flatMap(({ usergroups, people }) => [
    ...people.map((id) => id as SlackUserId),
    ...usergroups.flatMap((name) => membership.usergroups.get(name) ?? []),
  ]);
  const mapped = policy.people.flatMap(({ slack }) => slack.slice(0, 1).map((id) => id as SlackUserId));
  const refs = [...new Set([...bySlack, ...mapped])].map((slack) => ({ slack, login: undefined }));
  return refs
    .map((ref) => {
      const accounts = accountsOf(ref, policy);
      return { accounts, ref: accounts.kind === 'ambiguous' ? ref : { ...ref, login: accounts.logins[0] } };
    })
    .filter(
      ({ accounts }) =>
        accounts.kind === 'accounts' && groups.some((group) => isIn(accounts, group, membership)),
    )
    .map(({ ref }) => ref);
}
