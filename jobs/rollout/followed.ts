import type { Track } from '../../src/domain/rollout/track.ts';
import { rolloutMessage, rolloutThread } from '../../src/views/rollout-message.ts';
import type { Rollout } from './rollout.ts';
import type { ToldRollout } from './story-of.ts';
import type { Shown } from './telling.ts';

/** What is kept of a rollout while it is followed. */
export interface Followed {
  rollout: Rollout;
  /** Pull request -> what was seen of its merge. */
  readonly tracks: Map<number, Track>;
  readonly notAllowed: Set<string>;
  /** Milliseconds since the epoch, when it was first followed here. */
  readonly since: number;
  /** Pull request -> when its merge was first seen to be applied, since it last was not. */
  readonly appliedSince: Map<number, number>;
  readonly told: Shown;
  /** What was told last, but for how long things last. */
  shown: string | undefined;
  shownAt: number;
  /** Not told again before then, after something failed. */
  notBefore: number;
  changeUrl: string | undefined;
}

/** HelmReleases have a watch of their own: so long they may be shown as they stood before what made them; milliseconds. */
const HELM_LAG_MS = 6_000;

/** Where no cluster can be reached since none is set up, there is nothing to follow. */
export function isOutOfReach({ story }: ToldRollout): boolean {
  return story.progress.managements.every(({ silence }) => silence?.why === 'not-set-up');
}

/** Milliseconds until what seems to be applied can be believed to be, its HelmReleases included. */
export function settling(
  { rollout, appliedSince }: Followed,
  { story, outcomes }: ToldRollout,
  now: number,
): number {
  const members = story.progress.managements.flatMap(({ legs }) => legs.flatMap((leg) => leg.members));
  const hasHelm = members.some(({ helm }) => helm.length > 0);
  let waitMs = 0;
  for (const { pull, recorded } of rollout.parts) {
    const isNew = outcomes.get(pull.number)?.kind === 'applied' && recorded?.outcome !== 'applied';
    if (!isNew) appliedSince.delete(pull.number);
    else if (hasHelm) {
      const since = appliedSince.get(pull.number) ?? now;
      appliedSince.set(pull.number, since);
      waitMs = Math.max(waitMs, since + HELM_LAG_MS - now);
    }
  }
  return waitMs;
}

/** A merge that changes nothing in production is told of once it has an end. */
export function isVisible(told: ToldRollout, { change }: Rollout): boolean {
  const { story } = told;
  return change !== undefined || story.outcome.kind !== 'under-way';
}

/** All that is told, but for durations. */
export function stateKey({ story }: ToldRollout, notAllowed: ReadonlySet<string>): string {
  const { outcome } = story;
  const lasting = outcome.kind === 'stuck' ? { ...outcome, sinceMs: 0 } : outcome;
  const shown = { ...story, outcome: lasting };
  return JSON.stringify([rolloutMessage(shown, 0), rolloutThread(shown, 0), [...notAllowed]]);
}
