import type { JobDeps } from '../../jobs/deps.ts';
import type { Job } from '../../jobs/job.ts';
import type { Person } from '../../jobs/ports.ts';
import { changeRequest } from '../../jobs/request/change-request.ts';
import type { ChangeRequestPayload } from '../../jobs/request/payloads.ts';
import { checkRequest } from '../../src/domain/check-request.ts';
import type { CommitSha, RequestId, SlackUserId } from '../../src/domain/ids.ts';
import type { RequestPull } from '../../src/domain/request-state.ts';
import { tenantFiles } from '../../src/domain/tenant.ts';
import { understand } from '../../src/domain/understand.ts';
import { RetryableError } from '../../src/errors.ts';
import { pullRequestBody } from '../../src/views/pull-request-body.ts';
import { FakeChanges } from './fake-changes.ts';
import { FakeGitHub } from './fake-github.ts';
import { fakeJobDeps } from './fake-job-deps.ts';
import { FakeReleases } from './fake-releases.ts';
import { FakeRequests } from './fake-requests.ts';
import { FakeSpeaker } from './fake-speaker.ts';
import { FakeViews } from './fake-views.ts';
import { BASE, completeForm, REPO, samplePlatform, sampleSnapshot } from './sample-platform.ts';

export const TESS = 'U0TESS' as SlackUserId;
export const ID = 'req-00000000000000aa' as RequestId;
export const CHANGE = 'req-00000000000000cc' as RequestId;
const NUMBER = 7;

/** A request that stands as pull request 7 of a GitHub in memory, asked for by Tess. */
export class RequestScene {
  readonly releases = new FakeReleases(BASE);
  readonly requests = new FakeRequests(this.releases);
  readonly changes = new FakeChanges(BASE);
  readonly github: FakeGitHub;
  readonly speaker = new FakeSpeaker();
  readonly views = new FakeViews();
  readonly hints: number[] = [];
  people = new Map<SlackUserId, Person>([[TESS, { id: TESS, name: 'Tess', isMember: true }]]);
  readonly #policy: string | undefined;

  constructor(policy?: string) {
    this.#policy = policy;
    this.github = new FakeGitHub(samplePlatform(policy));
    this.#open();
  }

  get pull(): RequestPull {
    if (!this.requests.standing) throw new Error('nothing stands');
    return this.requests.standing.pull;
  }

  /** Changes what GitHub says of the pull request. */
  over(pull: Partial<RequestPull>): void {
    const { standing } = this.requests;
    if (standing) this.requests.standing = { ...standing, pull: { ...standing.pull, ...pull } };
  }

  get deps(): JobDeps {
    return fakeJobDeps({
      requests: this.requests,
      releases: this.releases,
      changes: this.changes,
      github: this.github,
      speaker: this.speaker,
      views: this.views,
      snapshots: { current: async () => sampleSnapshot(this.#policy), put: async () => {} },
      people: {
        find: async (id) => this.people.get(id),
        findByEmail: async () => undefined,
        membersOf: async () => [],
      },
      hints: { ...fakeJobDeps().hints, lookAtRequest: async (_repo, number) => void this.hints.push(number) },
    });
  }

  /** A change of the request as the form sends it, for the head that stands now. */
  payload(over: Partial<ChangeRequestPayload> = {}): ChangeRequestPayload {
    return {
      v: 1,
      repo: REPO,
      number: NUMBER,
      changeId: CHANGE,
      seen: this.pull.head.slice(0, 16),
      askedBy: TESS,
      askedAt: 1,
      values: completeForm({ size: 'medium' }),
      ...over,
    };
  }

  async run(payload: object, attempt = 1, job: (deps: JobDeps) => Job = changeRequest): Promise<void> {
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    await job(this.deps).run(payload, { attempt, signal: new AbortController().signal, log });
  }

  /** Runs it again after every retryable failure. */
  async runUntilDone(payload: object, job: (deps: JobDeps) => Job = changeRequest): Promise<void> {
    for (let attempt = 1; attempt < 20; attempt += 1) {
      try {
        return await this.run(payload, attempt, job);
      } catch (error) {
        if (!(error instanceof RetryableError)) throw error;
      }
    }
    throw new Error('never done');
  }

  #open(): void {
    const understood = understand(samplePlatform(this.#policy));
    if (understood.kind !== 'ok') throw new Error('the policy has mistakes');
    const { policy, platform } = understood;
    const checked = checkRequest(completeForm(), { policy, platform, openRequests: [] });
    if (checked.kind === 'refused') throw new Error(JSON.stringify(checked.refusals));
    const files = tenantFiles(checked.request, policy, platform);
    const request = { ...checked.request, id: ID, askedBy: { slackId: TESS, name: 'Tess' } };
    const none = {
      files: { commit: BASE, defaultBranch: 'main', paths: [], texts: new Map() },
      oids: new Map(),
    };
    this.releases.commits.set(BASE, none);
    const pull: RequestPull = {
      repo: REPO,
      number: NUMBER,
      url: `https://git.example/${REPO}/pull/${NUMBER}`,
      title: 'tenants(shop): onboarding namespace to aws',
      branch: 'tenant-shop',
      head: BASE as CommitSha,
      state: 'open',
      ours: true,
      requestId: ID,
      requestedBy: TESS,
      endedBy: undefined,
      reviews: [],
      createdAt: '2026-01-02T00:00:00Z',
      updatedAt: '2026-01-02T00:00:00Z',
      labels: [],
      paths: files.map(({ path }) => path),
      awaitedReviewers: [],
    };
    const body = pullRequestBody({ request, files, arrivals: [] });
    this.requests.standing = {
      pull,
      body,
      requesterName: 'Tess',
      commits: [],
      defaultBranch: 'main',
      base: BASE,
    };
    this.requests.push(files, [], 'opening', true);
  }
}
