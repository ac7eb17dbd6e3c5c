import { createChangeMemory } from '../../jobs/change/change-memory.ts';
import type { JobDeps } from '../../jobs/deps.ts';
import { createPlanCache } from '../../jobs/release/plan-cache.ts';
import { FakeBook } from './fake-book.ts';
import { FakeChanges } from './fake-changes.ts';
import { FakeConventions } from './fake-conventions.ts';
import { FakeDeployments } from './fake-deployments.ts';
import { FakeFleet } from './fake-fleet.ts';
import { FakeGitHub } from './fake-github.ts';
import { FakeMarks } from './fake-marks.ts';
import { FakeMerges } from './fake-merges.ts';
import { FakeReleases } from './fake-releases.ts';
import { FakeRequests } from './fake-requests.ts';
import { FakeSpeaker } from './fake-speaker.ts';
import { FakeViews } from './fake-views.ts';
import { BASE, REPO, samplePlatform, sampleSnapshot } from './sample-platform.ts';

/** The jobs' outside in memory; a test names what it looks at. */
export function fakeJobDeps(over: Partial<JobDeps> = {}): JobDeps {
  return {
    repos: [REPO],
    github: new FakeGitHub(samplePlatform()),
    requests: new FakeRequests(new FakeReleases(BASE)),
    releases: new FakeReleases(BASE),
    speaker: new FakeSpeaker(),
    views: new FakeViews(),
    fleet: new FakeFleet(),
    people: { find: async () => undefined, findByEmail: async () => undefined, membersOf: async () => [] },
    snapshots: { current: async () => sampleSnapshot(), put: async () => {} },
    marks: new FakeMarks(),
    plans: createPlanCache(() => 0),
    hints: {
      lookAtPlatform: async () => {},
      lookAtRequest: async () => {},
      lookAtIssue: async () => {},
      lookAtRelease: async () => {},
      lookAtPull: async () => {},
      lookAtConventions: async () => {},
      lookAtChange: async () => {},
      lookAtChanges: async () => {},
      followRollouts: async () => {},
    },
    changes: new FakeChanges(BASE),
    conventions: new FakeConventions(),
    overlays: { isThere: async () => false, render: async () => undefined },
    book: new FakeBook(),
    deployments: new FakeDeployments(),
    memory: createChangeMemory(),
    merges: new FakeMerges(),
    ...over,
  };
}
