import type { Policy } from '../policy.ts';
import { unruled } from './approver-rules.ts';
import { isOpenAt, nextOpening } from './calendar.ts';
import type { Change } from './change.ts';
import { fitsPattern } from './external-number.ts';
import type { ActiveFreeze } from './freeze-of.ts';
import type { Gate, GateKind } from './gates.ts';
import { samePerson } from './identities.ts';
import { isBack } from './judge-approver.ts';
import type { PullFacts } from './pull-facts.ts';
import type { Subject } from './record.ts';
import type { Refusal } from './refusal.ts';
import { isSameSubject } from './same-subject.ts';
import type { Tally } from './tally.ts';

/** A part of an earlier wave. */
export interface EarlierPart {
  readonly place: string;
  readonly wave: number;
  readonly isMerged: boolean;
  /** How its rollout ended last, and when (ISO 8601); undefined while it goes on. */
  readonly rollout: { readonly outcome: 'applied' | 'failed'; readonly at: string } | undefined;
}

export interface GateFacts {
  readonly change: Change;
  /** Undefined while there is no pull request. */
  readonly pull: PullFacts | undefined;
  readonly subject: Subject | undefined;
  readonly tally: Tally | undefined;
  readonly earlier: readonly EarlierPart[];
  readonly freeze: Pick<ActiveFreeze, 'reason' | 'until'> | undefined;
  /** Milliseconds since the epoch by GitHub's clock. */
  readonly now: number;
  readonly policy: Policy;
  /** How many records of the ledger are damaged. */
  readonly damage: number;
  readonly defaultBranch: string;
  /** Environments that it reaches, to name those without approvers. */
  readonly environments?: readonly string[] | undefined;
  /** The newer change that has taken its place. */
  readonly replacedBy?: number | undefined;
  /** Whether production follows the branch that it goes to. */
  readonly baseIsFollowed?: boolean | undefined;
  readonly refusal?: Refusal | undefined;
}

type GateFunction = (facts: GateFacts) => Gate | undefined;

/** In the order in which they should be dealt with. */
const gateFunctions: readonly GateFunction[] = [
  ledgerGate,
  endedGate,
  supersededGate,
  waveGate,
  soakGate,
  draftGate,
  mergeableGate,
  baseGate,
  tagGate,
  alreadyRunsGate,
  externalNumberGate,
  rejectedGate,
  approvalsGate,
  heldGate,
  frozenGate,
  windowGate,
  checksGate,
  reviewGate,
  goGate,
  refusedMergeGate,
];

/** What an emergency lifts: when a change may merge, never who must agree to what. */
const overridable: readonly GateKind[] = ['wave', 'soak', 'external-number', 'frozen', 'window', 'go'];

/**
 * Every gate of one pull request that does not hold now. It may merge when there is none and it is open.
 *
 * A confirmed override lifts windows, freezes, waves, external number and Go. Back to what ran before has none of
 * these either, save windows and freezes where the policy keeps them.
 */
export function decideGates(facts: GateFacts): readonly Gate[] {
  if (facts.pull?.state === 'merged') return [];
  const lifted = liftedFor(facts);
  return gateFunctions
    .map((gate) => gate(facts))
    .filter((gate) => gate !== undefined)
    .filter(({ kind }) => !lifted.includes(kind));
}

function liftedFor({ change, policy }: GateFacts): readonly GateKind[] {
  if (isOverridden(change, policy)) return overridable;
  if (!isBack(change)) return [];
  const kept: readonly GateKind[] = policy.changes.back.windows ? ['window', 'frozen'] : [];
  return overridable.filter((kind) => !kept.includes(kind));
}

/** Whether an override holds: two different people, the second of them not the requester. */
export function isOverridden({ override, requester }: Change, policy: Policy): boolean {
  if (policy.changes.override === undefined || override?.confirmedBy === undefined) return false;
  const { by, confirmedBy } = override;
  return !samePerson(by, confirmedBy, policy) && !samePerson(requester, confirmedBy, policy);
}

function ledgerGate({ damage }: GateFacts): Gate | undefined {
  return damage > 0 ? { kind: 'ledger-damaged', records: damage } : undefined;
}

function endedGate({ change, pull }: GateFacts): Gate | undefined {
  return change.ended !== undefined || pull?.state === 'closed' ? { kind: 'ended' } : undefined;
}

function supersededGate({ replacedBy }: GateFacts): Gate | undefined {
  return replacedBy === undefined ? undefined : { kind: 'superseded', by: replacedBy };
}

function waveGate({ earlier }: GateFacts): Gate | undefined {
  const reasons = ['failed', 'not-merged', 'not-applied', 'unknown'] as const;
  const why = reasons.find((reason) => earlier.some((part) => whyWaiting(part) === reason));
  if (why === undefined) return undefined;
  const after = earlier.filter((part) => whyWaiting(part) === why).map(({ place }) => place);
  return { kind: 'wave', after, why };
}

function whyWaiting({ isMerged, rollout }: EarlierPart): Extract<Gate, { kind: 'wave' }>['why'] | undefined {
  if (!isMerged) return 'not-merged';
  if (rollout === undefined) return 'not-applied';
  if (rollout.outcome === 'failed') return 'failed';
  return Number.isNaN(Date.parse(rollout.at)) ? 'unknown' : undefined;
}

function soakGate({ earlier, now, policy }: GateFacts): Gate | undefined {
  const ends = earlier.flatMap(({ wave, rollout }) => {
    const soak = (policy.changes.waves[wave]?.soakMinutes ?? 0) * 60_000;
    const end = rollout?.outcome === 'applied' ? Date.parse(rollout.at) + soak : Number.NaN;
    return Number.isNaN(end) ? [] : [end];
  });
  const until = Math.max(0, ...ends);
  return until > now ? { kind: 'soak', until: new Date(until).toISOString() } : undefined;
}

function draftGate({ pull }: GateFacts): Gate | undefined {
  return pull?.isDraft ? { kind: 'draft' } : undefined;
}

function mergeableGate({ pull }: GateFacts): Gate | undefined {
  if (pull?.mergeable === 'conflicting') return { kind: 'conflict' };
  return pull?.mergeable === 'unknown' ? { kind: 'mergeability-unknown' } : undefined;
}

function baseGate({ pull, defaultBranch, baseIsFollowed = false }: GateFacts): Gate | undefined {
  return pull !== undefined && pull.base !== defaultBranch
    ? { kind: 'wrong-base', base: pull.base, isFollowed: baseIsFollowed }
    : undefined;
}

function tagGate({ subject }: GateFacts): Gate | undefined {
  const missing = subject?.turns.find(({ to, target }) => to.startsWith('tag ') && target === undefined);
  return missing && { kind: 'tag-missing', tag: missing.to.slice('tag '.length) };
}

function alreadyRunsGate({ change, subject }: GateFacts): Gate | undefined {
  const { what } = change;
  if (what.kind !== 'promotion' || subject === undefined) return undefined;
  const runs = subject.turns.length > 0 && subject.turns.every(({ from, to }) => from === to);
  return runs ? { kind: 'already-runs', tag: what.tag } : undefined;
}

function externalNumberGate({ change, policy }: GateFacts): Gate | undefined {
  const asked = policy.changes.externalNumber;
  if (asked === undefined || fitsPattern(change.externalNumber, asked.pattern)) return undefined;
  return { kind: 'external-number', ...asked, given: change.externalNumber };
}

/** A rejection stands while any of what it was about is still so; one about nothing in particular, always. */
function rejectedGate({ change, subject }: GateFacts): Gate | undefined {
  const standing = change.rejections.find(
    ({ subjects }) =>
      subjects.length === 0 ||
      subject === undefined ||
      subjects.some((rejected) => isSameSubject(rejected, subject)),
  );
  return standing && { kind: 'rejected', by: standing.by, reason: standing.reason };
}

function approvalsGate({ tally, policy, environments }: GateFacts): Gate | undefined {
  if (tally === undefined) return { kind: 'approvals', needed: 1, given: 0, missing: [] };
  if (tally.isEnough) return undefined;
  if (tally.groups.length === 0)
    return { kind: 'no-approvers', environments: unruled(policy, environments ?? []) };
  return {
    kind: 'approvals',
    needed: tally.needed,
    given: tally.given.length,
    missing: tally.missing,
  };
}

function heldGate({ change }: GateFacts): Gate | undefined {
  return change.hold && { kind: 'held', by: change.hold.by, reason: change.hold.reason };
}

function frozenGate({ freeze }: GateFacts): Gate | undefined {
  return freeze && { kind: 'frozen', reason: freeze.reason, until: freeze.until };
}

function windowGate({ freeze, now, policy }: GateFacts): Gate | undefined {
  const { windows, freezes } = policy.changes;
  if (isOpenAt(windows, now)) return undefined;
  const until = freeze?.until === undefined ? undefined : Date.parse(freeze.until);
  const isEndless = freeze !== undefined && (until === undefined || Number.isNaN(until));
  return { kind: 'window', opensAt: isEndless ? undefined : nextOpening(windows, { freezes, until }, now) };
}

function checksGate({ pull }: GateFacts): Gate | undefined {
  const named = (state: 'pending' | 'failed') =>
    (pull?.requiredChecks ?? []).filter((check) => check.state === state).map(({ name }) => name);
  const [pending, failed] = [named('pending'), named('failed')];
  return pending.length + failed.length > 0 ? { kind: 'checks', pending, failed } : undefined;
}

function reviewGate({ pull }: GateFacts): Gate | undefined {
  return pull?.missingReview && { kind: 'review', why: pull.missingReview };
}

/** For a while only: then GitHub is asked again. */
function refusedMergeGate({ refusal, now }: GateFacts): Gate | undefined {
  if (refusal === undefined || refusal.until <= now) return undefined;
  return {
    kind: 'refused-merge',
    message: refusal.message,
    until: new Date(refusal.until).toISOString(),
  };
}

function goGate({ change, policy, subject }: GateFacts): Gate | undefined {
  if (!policy.changes.go) return undefined;
  const isGiven =
    subject !== undefined && (change.go?.subjects.some((one) => isSameSubject(one, subject)) ?? false);
  return isGiven ? undefined : { kind: 'go' };
}
