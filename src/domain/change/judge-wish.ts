import { may } from '../may.ts';
import type { Who } from '../policy/who.ts';
import type { Policy } from '../policy.ts';
import type { Change } from './change.ts';
import { sharesAccount } from './changes-of.ts';
import { fitsPattern } from './external-number.ts';
import { comparePersons, type ResolvedPerson, samePerson } from './identities.ts';
import { type ApprovalPart, isBack, judgeApprover, type Membership } from './judge-approver.ts';
import type { Deed, PersonRef, Subject, Via } from './record.ts';
import type { ApprovalRefusal } from './tally.ts';
import type { ChangeWish } from './wish.ts';

export interface WishFacts {
  readonly person: ResolvedPerson;
  readonly change: Change;
  readonly via: Via;
  /** Milliseconds since the epoch when the person asked. */
  readonly askedAt: number;
  /** The pull requests that are open now. */
  readonly parts: readonly ApprovalPart[];
  readonly policy: Policy;
  readonly membership: Membership;
  readonly isDamaged: boolean;
  /** Digest of what the person saw; undefined where nothing was shown. */
  readonly shown: string | undefined;
  /** Digest of what would be shown now. */
  readonly current: string;
  /** For a review, the commit that it was given for. */
  readonly reviewed: string | undefined;
}

export type WishRefusal =
  | ApprovalRefusal
  | 'not-operator'
  | 'not-held'
  | 'already-held'
  | 'no-external-number-policy'
  | 'external-number-unfit'
  | 'no-go-policy'
  | 'no-override-policy'
  | 'not-overrider'
  | 'no-override-asked'
  | 'already-overridden'
  | 'same-person'
  | 'nothing-to-take-back'
  | 'not-requester';

export type WishVerdict =
  | { readonly kind: 'record'; readonly deed: Deed }
  | { readonly kind: 'refuse'; readonly code: WishRefusal };

type Of<Kind extends ChangeWish['kind']> = Extract<ChangeWish, { kind: Kind }>;
type Known = WishFacts & { readonly by: PersonRef };

/** What is to be recorded of a wish, or why nothing is. A wish that is refused changes nothing. */
export function judgeWish(wish: ChangeWish, facts: WishFacts): WishVerdict {
  if (facts.isDamaged) return refuse('ledger-damaged');
  if (facts.change.ended !== undefined) return refuse('ended');
  if (facts.person.kind === 'refuse') return refuse(facts.person.code);
  const known = { ...facts, by: facts.person.ref };
  const unfit = memberRefusal(known);
  return unfit === undefined ? judge(wish, known) : refuse(unfit);
}

function judge(wish: ChangeWish, known: Known): WishVerdict {
  switch (wish.kind) {
    case 'approve':
      return approve(known);
    case 'reject':
      return reject(wish, known);
    case 'take-back':
      return takeBack(known);
    case 'hold':
      return hold(wish, known);
    case 'unhold':
      return unhold(known);
    case 'external-number':
      return numberIt(wish, known);
    case 'go':
      return go(known);
    case 'override':
      return askOverride(wish, known);
    case 'confirm-override':
      return confirmOverride(known);
    case 'withdraw':
      return withdraw(known);
  }
}

function approve(known: Known): WishVerdict {
  const { change, parts, by, via } = known;
  if (parts.length === 0) return refuse('nothing-open');
  const seen = parts.filter((part) => isUpToDate(part, known));
  if (seen.length === 0 || isOutdated(known)) return refuse('outdated');
  const verdicts = seen.map((part) => ({ part, verdict: judgeApprover(by, { ...known, part }) }));
  const subjects = verdicts.flatMap(({ part, verdict }) => (verdict.kind === 'may' ? [part.subject] : []));
  if (subjects.length > 0) return record({ kind: 'approved', change: change.number, by, subjects, via });
  const refusal = verdicts.find(({ verdict }) => verdict.kind === 'refuse')?.verdict;
  return refusal?.kind === 'refuse' ? refuse(refusal.code) : refuse('not-approver');
}

function isOutdated({ shown, current }: WishFacts): boolean {
  return shown !== undefined && shown !== current;
}

/** A review is about its commit, a click about what was shown; a comment about no head that was pushed after it. */
function isUpToDate(
  { subject, headSince }: ApprovalPart,
  { via, reviewed, askedAt, shown }: WishFacts,
): boolean {
  if (via === 'review') return reviewed === subject.head;
  // A click's time is by our clock, which may be minutes from GitHub's; what was shown names the head by itself.
  if (shown !== undefined) return true;
  return headSince === undefined || headSince <= askedAt;
}

/** An outdated rejection still is one: it only ever stops a merge. */
function reject({ reason }: Of<'reject'>, known: Known): WishVerdict {
  const { change, parts, by, via } = known;
  if (parts.length === 0) return refuse('nothing-open');
  const verdicts = parts.map((part) => judgeApprover(by, { ...known, part }));
  if (!isOperator(known) && !verdicts.some(({ kind }) => kind === 'may')) {
    const [first] = verdicts;
    return refuse(first?.kind === 'refuse' ? first.code : 'not-approver');
  }
  return record({ kind: 'rejected', change: change.number, by, reason, subjects: subjectsOf(parts), via });
}

function takeBack({ change, by, via, policy }: Known): WishVerdict {
  const standing = [...change.approvals, ...change.rejections].map((given) => given.by);
  const own = standing.filter((other) => comparePersons(other, by, policy) === 'same');
  const [first] = own;
  if (first === undefined) return refuse('nothing-to-take-back');
  // Given from another account of the same person, it is that account's word that is taken back.
  const named = own.every((other) => sharesAccount(other, by)) ? by : first;
  return record({ kind: 'taken-back', change: change.number, by: named, via });
}

function hold({ reason }: Of<'hold'>, known: Known): WishVerdict {
  if (!isOperator(known)) return refuse('not-operator');
  if (known.change.hold !== undefined) return refuse('already-held');
  return record({ kind: 'held', change: known.change.number, by: known.by, reason });
}

function unhold(known: Known): WishVerdict {
  if (!isOperator(known)) return refuse('not-operator');
  if (known.change.hold === undefined) return refuse('not-held');
  return record({ kind: 'hold-lifted', change: known.change.number, by: known.by });
}

function numberIt({ externalNumber }: Of<'external-number'>, known: Known): WishVerdict {
  const { change, by, policy } = known;
  const asked = policy.changes.externalNumber;
  if (asked === undefined) return refuse('no-external-number-policy');
  if (!isRequester(known) && !isOperator(known)) return refuse('not-operator');
  if (!fitsPattern(externalNumber, asked.pattern)) return refuse('external-number-unfit');
  return record({ kind: 'externally-numbered', change: change.number, by, externalNumber });
}

function go(known: Known): WishVerdict {
  const { change, by, parts, policy } = known;
  if (!policy.changes.go) return refuse('no-go-policy');
  if (!isOperator(known)) return refuse('not-operator');
  if (parts.length === 0) return refuse('nothing-open');
  if (isOutdated(known)) return refuse('outdated');
  return record({ kind: 'go', change: change.number, by, subjects: subjectsOf(parts) });
}

function askOverride({ reason }: Of<'override'>, known: Known): WishVerdict {
  const { change, by, policy } = known;
  const { override } = policy.changes;
  if (override === undefined) return refuse('no-override-policy');
  if (!isAmong(override, known)) return refuse('not-overrider');
  if (change.override?.confirmedBy !== undefined) return refuse('already-overridden');
  return record({ kind: 'override-asked', change: change.number, by, reason });
}

function confirmOverride(known: Known): WishVerdict {
  const { change, by, policy } = known;
  const { override } = policy.changes;
  if (override === undefined) return refuse('no-override-policy');
  if (!isAmong(override, known)) return refuse('not-overrider');
  if (change.override === undefined) return refuse('no-override-asked');
  if (change.override.confirmedBy !== undefined) return refuse('already-overridden');
  if (samePerson(change.override.by, by, policy)) return refuse('same-person');
  const requester = comparePersons(change.requester, by, policy);
  if (requester === 'same') return refuse('requester');
  if (requester === 'unknown') return refuse('requester-unknown');
  return record({ kind: 'override-confirmed', change: change.number, by });
}

function withdraw(known: Known): WishVerdict {
  const { change, by } = known;
  if (!isRequester(known) && !isOperator(known)) return refuse('not-requester');
  return record({ kind: 'ended', change: change.number, why: 'withdrawn', by, supersededBy: undefined });
}

function memberRefusal({ by, membership }: Known): ApprovalRefusal | undefined {
  if (by.slack === undefined) return 'no-identity';
  const known = membership.members.get(by.slack);
  if (known === 'member') return undefined;
  return known === 'not-a-member' ? 'not-a-member' : 'members-unreadable';
}

function isRequester({ change, by, policy }: Known): boolean {
  return comparePersons(change.requester, by, policy) === 'same';
}

/** Who holds and gives the Go; for back to what ran before, who is on call counts, too. */
function isOperator(known: Known): boolean {
  const { operators, back } = known.policy.changes;
  if (isAmong(operators, known)) return true;
  return isBack(known.change) && back.who !== undefined && isAmong(back.who, known);
}

function isAmong(who: Who, { by, membership }: Known): boolean {
  if (by.slack === undefined) return false;
  const members = new Map([...membership.usergroups].map(([group, ids]) => [group, ids ?? []] as const));
  const isMember = membership.members.get(by.slack) === 'member';
  return may(who, { id: by.slack, isMember, members });
}

function subjectsOf(parts: readonly ApprovalPart[]): readonly Subject[] {
  return parts.map(({ subject }) => subject);
}

function record(deed: Deed): WishVerdict {
  return { kind: 'record', deed };
}

function refuse(code: WishRefusal): WishVerdict {
  return { kind: 'refuse', code };
}
