import type { CommittedPlatform } from '../known-platform.ts';
import type { Rollout } from './rollout.ts';
import type { ToldRollout } from './story-of.ts';

/** All that telling of a rollout goes by. */
export interface Telling {
  readonly rollout: Rollout;
  readonly told: ToldRollout;
  readonly known: CommittedPlatform;
  /** Milliseconds since the epoch by GitHub's clock. */
  readonly now: number;
  /** Management clusters where the bot may not ask Flux to fetch. */
  readonly notAllowed: readonly string[];
}
