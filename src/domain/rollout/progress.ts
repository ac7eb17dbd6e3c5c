import type { HelmState } from './helm-state.ts';
import type { KustomizationState } from './kustomization-state.ts';
import type { SeenLeg, SeenMember } from './leg-state.ts';
import type { SilentManagement } from './objects.ts';
import type { Leg, ManagementPlan, RolloutPlan } from './plan.ts';
import type { SourceState } from './source-state.ts';
import {
  type ManagementTrack,
  memberKey,
  memberOf,
  type ObjectTrack,
  sourceKey,
  type Track,
} from './track.ts';

export interface Member {
  readonly id: string;
  /** Undefined for the management cluster itself. */
  readonly cluster: string | undefined;
  readonly state: KustomizationState;
  /** Milliseconds since the epoch, when it was first seen to have applied what is expected. */
  readonly appliedAt: number | undefined;
  readonly helm: readonly { readonly id: string; readonly state: HelmState }[];
}

export interface LegProgress {
  readonly source: string;
  readonly isWay: boolean;
  readonly sourceState: SourceState;
  /** When the source first held what is expected. */
  readonly fetchedAt: number | undefined;
  /** When anything of it last stood as it had not stood before. */
  readonly movedAt: number;
  readonly members: readonly Member[];
}

export interface ManagementProgress {
  readonly management: string;
  /** Set while it does not answer. */
  readonly silence: SilentManagement | undefined;
  /** Milliseconds since the epoch, when what is shown of it was seen; undefined before the first look. */
  readonly seenAt: number | undefined;
  readonly legs: readonly LegProgress[];
}

export interface Progress {
  readonly managements: readonly ManagementProgress[];
  /** Milliseconds since the epoch, when anything last stood as it had not stood before. */
  readonly movedAt: number;
}

/** How far a rollout is, from all that was seen of it. */
export function progressOf(plan: RolloutPlan, track: Track): Progress {
  const managements = plan.managements.map((route) =>
    managementProgress(plan, route, track.get(route.management)),
  );
  let movedAt = plan.startedAt;
  for (const { objects } of track.values())
    for (const { firstSeen } of objects.values())
      for (const at of firstSeen.values()) movedAt = Math.max(movedAt, at);
  return { managements, movedAt };
}

function managementProgress(
  plan: RolloutPlan,
  route: ManagementPlan,
  track: ManagementTrack | undefined,
): ManagementProgress {
  const { latest, silence } = track ?? {};
  const isSilent = silence !== undefined && (latest === undefined || silence.at > latest.at);
  const unknownSince = isSilent ? silence.since : latest === undefined ? plan.startedAt : undefined;
  const objects: ManagementTrack['objects'] = track?.objects ?? new Map();
  const legs: LegProgress[] = [];
  for (const [index, leg] of route.legs.entries()) {
    const isReady = legs.every(isThrough);
    legs.push(legProgress({ leg, index, seen: latest?.legs[index], objects, unknownSince, isReady }));
  }
  return { management: route.management, silence: isSilent ? silence : undefined, seenAt: latest?.at, legs };
}

/** Whether all that a later leg depends on has happened, or had happened before it moved on. */
export function isThrough({ sourceState, members }: LegProgress): boolean {
  return sourceState.kind === 'at' && members.every(isDone);
}

interface LegFacts {
  readonly leg: Leg;
  readonly index: number;
  readonly seen: SeenLeg | undefined;
  readonly objects: ManagementTrack['objects'];
  readonly unknownSince: number | undefined;
  /** Whether the legs before it are through, so that all that is declared should be there. */
  readonly isReady: boolean;
}

function legProgress(facts: LegFacts): LegProgress {
  const { leg, index, seen, objects, unknownSince } = facts;
  const source = objects.get(sourceKey(index));
  const unknown =
    unknownSince === undefined ? undefined : ({ kind: 'unknown', since: unknownSince } as const);
  const present = new Map((seen?.members ?? []).map((member) => [member.id, member]));
  const declared = new Map(leg.declared.map((each) => [each.id, each]));
  const known = [...objects.keys()].flatMap((key) => memberOf(key, index) ?? []);
  const members = [...new Set([...declared.keys(), ...present.keys(), ...known])].sort().map((id): Member => {
    const track = objects.get(memberKey(index, id));
    const member = present.get(id);
    return {
      id,
      cluster: (member ?? track?.last ?? declared.get(id))?.cluster,
      state: unknown ?? latched(memberState(facts.isReady, declared.has(id), member, track), leg, track),
      appliedAt: track?.reachedAt,
      helm: member?.helm ?? [],
    };
  });
  return {
    source: leg.source,
    isWay: leg.isWay,
    sourceState: unknown ?? seen?.source ?? { kind: 'absent' },
    fetchedAt: source?.reachedAt,
    movedAt: lastMove(index, objects),
    members,
  };
}

function lastMove(leg: number, objects: ManagementTrack['objects']): number {
  let last = 0;
  for (const [key, { firstSeen }] of objects)
    if (key === sourceKey(leg) || memberOf(key, leg) !== undefined)
      for (const at of firstSeen.values()) last = Math.max(last, at);
  return last;
}

function memberState(
  isReady: boolean,
  isDeclared: boolean,
  member: SeenMember | undefined,
  track: ObjectTrack | undefined,
): KustomizationState {
  if (member === undefined) {
    return track !== undefined || isReady ? { kind: 'deleted', declared: isDeclared } : { kind: 'new' };
  }
  const { state } = member;
  if (state.kind === 'deleted') return { kind: 'deleted', declared: isDeclared };
  const failed = track?.failed;
  // Between two tries Flux says no word of the failure; it is over only once it has applied.
  if (state.kind !== 'reconciling' || failed === undefined) return state;
  const isPast = track?.reachedAt !== undefined && track.reachedAt > failed.at;
  return isPast ? state : { kind: 'failed', reason: failed.reason, line: failed.line, retrying: true };
}

/**
 * A branch moves on while its merges are followed: what has once applied a merge has applied it, though it may be
 * busy with the next by now.
 */
function latched(state: KustomizationState, leg: Leg, track: ObjectTrack | undefined): KustomizationState {
  if (leg.expected.kind !== 'commit' || track?.reachedAt === undefined) return state;
  const isBusy =
    state.kind === 'reconciling' || state.kind === 'waiting-for-dependency' || state.kind === 'failed';
  return isBusy ? { kind: 'applied' } : state;
}

/** Whether nothing is left to do for a Kustomization; one that the repository no longer wants is done when gone. */
export function isDone({ state, helm }: Member): boolean {
  if (state.kind === 'deleted') return !state.declared;
  const isApplied = state.kind === 'applied' || state.kind === 'applied-healthy';
  return isApplied && helm.every((release) => release.state.kind === 'ready');
}
