import type { Effect } from '../../src/domain/effects/effect.ts';
import type { CommitRange, GeneratedNotes } from '../../src/domain/release/release-facts.ts';

/** All that is told of a release: what is in it, and what it will do. */
export interface ReleasePlan {
  readonly range: CommitRange;
  /** Undefined when GitHub's generator could not be asked. */
  readonly generated: GeneratedNotes | undefined;
  readonly effects: readonly Effect[];
}
