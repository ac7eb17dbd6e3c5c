import type { Policy } from '../../src/domain/policy.ts';
import { combineOutcomes, combineProgress } from '../../src/domain/rollout/combine-outcomes.ts';
import { type Outcome, outcomeOf } from '../../src/domain/rollout/outcome.ts';
import { progressOf } from '../../src/domain/rollout/progress.ts';
import type { Track } from '../../src/domain/rollout/track.ts';
import type { RolloutStory } from '../../src/views/rollout-message.ts';
import type { RecordedEnd, Rollout } from './rollout.ts';

/** What is to be told of a rollout, and the outcome of each of its pull requests. */
export interface ToldRollout {
  readonly story: RolloutStory;
  /** Pull request -> outcome. */
  readonly outcomes: ReadonlyMap<number, Outcome>;
}

/**
 * Works out a rollout from what was seen of it.
 *
 * @param tracks pull request -> what was seen of its merge.
 * @param now milliseconds since the epoch.
 * @param changeUrl address of the change's message.
 */
export function storyOf(
  rollout: Rollout,
  tracks: ReadonlyMap<number, Track>,
  policy: Policy,
  now: number,
  changeUrl?: string,
): ToldRollout {
  const { stuckAfterMinutes, longestMinutes } = policy.rollout;
  const patience = { stuckAfterMs: stuckAfterMinutes * 60_000, longestMs: longestMinutes * 60_000 };
  const seen = rollout.parts.map(({ pull, plan, recorded }) => {
    const progress = progressOf(plan, tracks.get(pull.number) ?? new Map());
    const found = outcomeOf(plan, progress, patience, now);
    return { pull, progress, outcome: withRecord(found, recorded, pull.at) };
  });
  const outcomes = new Map(seen.map(({ pull, outcome }) => [pull.number, outcome]));
  const { key, version, parts, toCome, approvedBy, change, repo } = rollout;
  const story: RolloutStory = {
    key,
    version,
    pullRequests: parts.map(({ pull: { number, url, title } }) => ({ number, url, title })),
    toCome,
    startedAt: Math.min(...parts.map(({ pull }) => pull.at)),
    approvedBy,
    progress: combineProgress(seen.map(({ progress }) => progress)),
    outcome: combineOutcomes([...outcomes.values()], toCome === 0),
    change: change && {
      repo,
      number: change.number,
      url: changeUrl,
      isUnapproved: change.merged.some(({ isUnapproved }) => isUnapproved),
      isPromotion: change.what.kind === 'promotion' && !change.what.back,
    },
  };
  return { story, outcomes };
}

/** What the ledger holds stands: whatever took its place since, and though its cluster does not answer any more. */
function withRecord(found: Outcome, recorded: RecordedEnd | undefined, mergedAt: number): Outcome {
  const ran = recorded?.outcome === 'applied';
  if (found.kind === 'superseded') return { ...found, ran };
  if (!ran || (found.kind !== 'under-way' && found.kind !== 'stuck')) return found;
  return { kind: 'applied', tookMs: Math.max(0, Date.parse(recorded.at) - mergedAt), clusters: [] };
}
