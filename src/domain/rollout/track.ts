import { legState, type SeenLeg, type SeenMember } from './leg-state.ts';
import type { ManagementView, SilentManagement } from './objects.ts';
import type { ManagementPlan, RolloutPlan } from './plan.ts';
import type { SourceState } from './source-state.ts';

/** What was seen of one object in the course of a rollout. */
export interface ObjectTrack {
  /** Each way it was ever seen to stand -> milliseconds since the epoch, when first. */
  readonly firstSeen: ReadonlyMap<string, number>;
  /** When it first stood where it was to be; undefined while it has not. */
  readonly reachedAt: number | undefined;
  /** The last failure seen. */
  readonly failed: { readonly at: number; readonly reason: string; readonly line: string } | undefined;
  /** When it was last there, and the workload cluster that it then applied to. */
  readonly last: { readonly at: number; readonly cluster: string | undefined };
}

export interface ManagementTrack {
  /** What the latest look showed, leg by leg; undefined before the first. */
  readonly latest: { readonly at: number; readonly legs: readonly SeenLeg[] } | undefined;
  /** The latest look that got no answer. */
  readonly silence: SilentManagement | undefined;
  /** Leg's number and object -> what was seen of it. */
  readonly objects: ReadonlyMap<string, ObjectTrack>;
}

/**
 * All that was seen of a rollout. Looks may be added in any order and more than once: what comes out is the same, so
 * that two replicas, a late answer or a look repeated after a restart change nothing.
 */
export type Track = ReadonlyMap<string, ManagementTrack>;

const untouched: ManagementTrack = { latest: undefined, silence: undefined, objects: new Map() };

/** Adds a look at one management cluster to what was seen of a rollout. */
export function addLook(track: Track, plan: RolloutPlan, view: ManagementView): Track {
  const route = plan.managements.find(({ management }) => management === view.management);
  if (route === undefined) return track;
  const before = track.get(view.management) ?? untouched;
  const after =
    view.kind === 'silent' ? addSilence(before, view) : addSight(before, route, plan.startedAt, view);
  return new Map([...track, [view.management, after]]);
}

function addSilence(before: ManagementTrack, silence: SilentManagement): ManagementTrack {
  const known = before.silence;
  return known !== undefined && known.at >= silence.at ? before : { ...before, silence };
}

function addSight(
  before: ManagementTrack,
  route: ManagementPlan,
  startedAt: number,
  view: Extract<ManagementView, { kind: 'seen' }>,
): ManagementTrack {
  const legs = route.legs.map((leg) => legState(leg, view));
  const objects = new Map(before.objects);
  const note = (key: string, seen: Sighting) => objects.set(key, add(objects.get(key), seen));
  for (const [index, leg] of legs.entries()) {
    note(sourceKey(index), sourceSighting(leg.source, view.at));
    for (const member of leg.members)
      note(memberKey(index, member.id), memberSighting(member, startedAt, view.at));
  }
  const isLatest = before.latest === undefined || view.at >= before.latest.at;
  return { ...before, latest: isLatest ? { at: view.at, legs } : before.latest, objects };
}

export function sourceKey(leg: number): string {
  return `${leg} source`;
}

export function memberKey(leg: number, id: string): string {
  return `${leg} ${id}`;
}

/** The member's id in a key; undefined for a source's key or another leg's. */
export function memberOf(key: string, leg: number): string | undefined {
  const prefix = `${leg} `;
  return key.startsWith(prefix) && key !== sourceKey(leg) ? key.slice(prefix.length) : undefined;
}

interface Sighting {
  readonly at: number;
  readonly standing: string;
  readonly reachedAt: number | undefined;
  readonly failed: { readonly reason: string; readonly line: string } | undefined;
  readonly cluster: string | undefined;
}

function sourceSighting(state: SourceState, at: number): Sighting {
  return {
    at,
    standing: `${state.kind} ${'reason' in state ? state.reason : ''}`,
    reachedAt: state.kind === 'at' ? at : undefined,
    failed: undefined,
    cluster: undefined,
  };
}

function memberSighting(member: SeenMember, startedAt: number, at: number): Sighting {
  const { state, cluster, readyAt, helm } = member;
  const isApplied = state.kind === 'applied' || state.kind === 'applied-healthy';
  const helmStanding = helm.map((release) => `${release.id} ${release.state.kind}`).join(' ');
  return {
    at,
    standing: `${state.kind} ${'reason' in state ? state.reason : ''} ${helmStanding}`,
    // The cluster knows when it was done better than who looks now and then; clocks may differ.
    reachedAt: isApplied ? Math.min(at, Math.max(startedAt, readyAt ?? at)) : undefined,
    failed: state.kind === 'failed' ? state : undefined,
    cluster,
  };
}

function add(before: ObjectTrack | undefined, seen: Sighting): ObjectTrack {
  const first = before?.firstSeen.get(seen.standing);
  const firstSeen =
    before !== undefined && first !== undefined && first <= seen.at
      ? before.firstSeen
      : new Map([...(before?.firstSeen ?? []), [seen.standing, seen.at]]);
  const failed = laterFailure(before?.failed, seen);
  return {
    firstSeen,
    reachedAt: earlier(before?.reachedAt, seen.reachedAt),
    failed,
    last:
      before !== undefined && before.last.at >= seen.at
        ? before.last
        : { at: seen.at, cluster: seen.cluster },
  };
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}

function laterFailure(before: ObjectTrack['failed'], { at, failed }: Sighting): ObjectTrack['failed'] {
  if (failed === undefined || (before !== undefined && before.at >= at)) return before;
  return { at, reason: failed.reason, line: failed.line };
}
