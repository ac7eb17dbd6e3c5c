import type { JobDeps } from '../../../jobs/deps.ts';
import type { Job } from '../../../jobs/job.ts';
import { lookAtRelease } from '../../../jobs/look-at-release.ts';
import type { CutReleasePayload } from '../../../jobs/payloads.ts';
import type { Person } from '../../../jobs/ports.ts';
import { cutRelease } from '../../../jobs/release/cut-release.ts';
import { createPlanCache } from '../../../jobs/release/plan-cache.ts';
import { showRelease } from '../../../jobs/release/show-release.ts';
import { sweep } from '../../../jobs/sweep.ts';
import type { CommitSha, RequestId, SlackUserId } from '../../../src/domain/ids.ts';
import { pullOf } from '../../domain/release/release-samples.ts';
import { FakeGitHub } from '../../support/fake-github.ts';
import { fakeJobDeps } from '../../support/fake-job-deps.ts';
import { FakeMarks } from '../../support/fake-marks.ts';
import { FakeReleases } from '../../support/fake-releases.ts';
import { FakeSpeaker } from '../../support/fake-speaker.ts';
import { FakeViews } from '../../support/fake-views.ts';
import { REPO, samplePlatform, sampleSnapshot } from '../../support/sample-platform.ts';

export const PAT = 'U0PAT' as SlackUserId;
export const V1 = 'a'.repeat(40) as CommitSha;
export const HEAD = 'b'.repeat(40) as CommitSha;
export const LATER = 'c'.repeat(40) as CommitSha;

const OLD = '2025-12-01T00:00:00Z';

/** A platform with v0.1.0 released and two pull requests merged since, under a clock that the test moves. */
export class ReleaseScene {
  readonly github = new FakeGitHub(samplePlatform());
  readonly releases = new FakeReleases(HEAD);
  readonly speaker = new FakeSpeaker();
  readonly views = new FakeViews();
  readonly marks = new FakeMarks();
  readonly hints: string[] = [];
  person: Person | undefined = { id: PAT, name: 'Pat', isMember: true };
  policy: string | undefined;
  #plans = createPlanCache(() => 0);

  constructor() {
    this.releases.tags.set('v0.1.0', V1);
    this.releases.add(REPO, 'v0.1.0', { id: 1, publishedAt: OLD, updatedAt: OLD });
    this.releases.range = {
      pulls: [pullOf(11, 'tenants(shop): more memory'), pullOf(12, 'feat(dns): add it')],
      direct: [],
      held: [],
    };
    this.releases.generated = { pulls: [], newContributors: [] };
  }

  get deps(): JobDeps {
    return fakeJobDeps({
      github: this.github,
      releases: this.releases,
      speaker: this.speaker,
      views: this.views,
      marks: this.marks,
      plans: this.#plans,
      people: {
        find: async () => this.person,
        findByEmail: async () => undefined,
        membersOf: async () => [],
      },
      snapshots: { current: async () => sampleSnapshot(this.policy), put: async () => {} },
      hints: {
        lookAtPlatform: async () => {},
        lookAtRequest: async () => {},
        lookAtIssue: async () => {},
        lookAtRelease: async (_repo, id, tag) => void this.hints.push(`${id} ${tag}`),
        lookAtPull: async () => {},
        lookAtConventions: async () => {},
        lookAtChange: async () => {},
        lookAtChanges: async () => {},
        followRollouts: async () => {},
      },
    });
  }

  /** What the form sends for `v0.2.0`, as it was shown at HEAD. */
  payload(over: Partial<CutReleasePayload> = {}): CutReleasePayload {
    return {
      v: 1,
      repo: REPO,
      requestId: 'req-00000000000000aa' as RequestId,
      askedBy: PAT,
      askedAt: 1,
      viewId: 'V1',
      tag: 'v0.2.0',
      isPrerelease: false,
      shown: { commit: HEAD, previous: 'v0.1.0' },
      knowsOfMove: false,
      values: { version: 'v0.2.0', introduction: 'Hello.', leftOut: [] },
      ...over,
    };
  }

  cut(over: Partial<CutReleasePayload> = {}, attempt = 1): Promise<void> {
    return this.#run(cutRelease(this.deps), this.payload(over), attempt);
  }

  /** Runs the intent until it is through, as the queue does; what befalls it is over by then. */
  async cutToTheEnd(over: Partial<CutReleasePayload> = {}): Promise<number> {
    for (let attempt = 1; attempt < 10; attempt += 1) {
      try {
        await this.cut(over, attempt);
        return attempt;
      } catch {
        // The queue runs it again.
      }
    }
    throw new Error('the release came to no end');
  }

  show(attempt = 1): Promise<void> {
    return this.#run(showRelease(this.deps), { v: 1, repo: REPO, askedBy: PAT, viewId: 'V1' }, attempt);
  }

  look(id: number, tag: string): Promise<void> {
    return this.#run(lookAtRelease(this.deps), { v: 1, repo: REPO, id, tag }, 1);
  }

  /** What the sweep has looked at. */
  async sweep(): Promise<readonly string[]> {
    this.hints.length = 0;
    await this.#run(sweep(this.deps), { v: 1 }, 1);
    return [...this.hints];
  }

  /** Drops all that the process remembers. */
  forget(): void {
    this.#plans = createPlanCache(() => 0);
  }

  async #run(job: Job, payload: unknown, attempt: number): Promise<void> {
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    await job.run(payload, { attempt, signal: new AbortController().signal, log });
  }
}
