import type { RepoName } from '../src/domain/ids.ts';
import type { ChangeMemory } from './change/change-memory.ts';
import type { ChangeRepository, LedgerBook } from './change/change-ports.ts';
import type { ConventionsRepository, OverlayRenderer } from './conventions/convention-ports.ts';
import type { Hints, Marks, People, PlatformRepository, SnapshotStore, Speaker, Views } from './ports.ts';
import type { PlanCache } from './release/plan-cache.ts';
import type { ReleaseRepository } from './release/release-ports.ts';
import type { Requests } from './request/request-ports.ts';
import type { Deployments } from './rollout/deployments-port.ts';
import type { Fleet } from './rollout/fleet-port.ts';
import type { Merges } from './rollout/rollout-ports.ts';

/** The outside, as the jobs need it; `main.ts` brings the adapters. */
export interface JobDeps {
  readonly repos: readonly RepoName[];
  readonly github: PlatformRepository;
  readonly requests: Requests;
  readonly releases: ReleaseRepository;
  readonly speaker: Speaker;
  readonly views: Views;
  readonly people: People;
  readonly snapshots: SnapshotStore;
  readonly marks: Marks;
  readonly plans: PlanCache;
  readonly hints: Hints;
  readonly fleet: Fleet;
  readonly changes: ChangeRepository;
  readonly conventions: ConventionsRepository;
  readonly overlays: OverlayRenderer;
  readonly book: LedgerBook;
  readonly deployments: Deployments;
  readonly memory: ChangeMemory;
  readonly merges: Merges;
}
