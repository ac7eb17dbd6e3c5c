import type { CommittedPlatform } from '../known-platform.ts';
import type { Pacer } from './pacer.ts';
import type { Rollout } from './rollout.ts';
import type { ToldRollout } from './story-of.ts';

/** What this process showed of a rollout. It spares calls and decides nothing. */
export interface Shown {
  /** Keys of what was said in its thread. */
  readonly news: Set<string>;
  /** Page of the thread -> what stands there. */
  readonly pages: Map<number, string>;
}

/** All that telling of a rollout goes by. */
export interface Telling {
  readonly rollout: Rollout;
  readonly told: ToldRollout;
  readonly known: CommittedPlatform;
  /** Milliseconds since the epoch by GitHub's clock. */
  readonly now: number;
  /** Management clusters where the bot may not ask Flux to fetch. */
  readonly notAllowed: readonly string[];
  readonly shown: Shown;
  readonly pacer: Pacer;
}

/** What came of telling. */
export interface Told {
  /** Whether that was the end of it. */
  readonly isOver: boolean;
  /** Whether an end was recorded on the ledger, so that what was read of it is out of date. */
  readonly isRecorded: boolean;
  /** Whether everything that is to be shown is. */
  readonly isComplete: boolean;
}
