import type { RepoName } from '../src/domain/ids.ts';
import type { Hints, Marks, People, PlatformRepository, SnapshotStore, Speaker } from './ports.ts';

/** The outside, as the jobs need it; `main.ts` brings the adapters. */
export interface JobDeps {
  readonly repos: readonly RepoName[];
  readonly github: PlatformRepository;
  readonly speaker: Speaker;
  readonly people: People;
  readonly snapshots: SnapshotStore;
  readonly marks: Marks;
  readonly hints: Hints;
}
