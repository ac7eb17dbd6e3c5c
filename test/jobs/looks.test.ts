import { lookAtRequest } from '../../jobs/look-at-request.ts';
import { markSettled, pullObject } from '../../jobs/seen.ts';
import { sweep } from '../../jobs/sweep.ts';
import type { CommitSha, RepoName, RequestId, SlackUserId } from '../../src/domain/ids.ts';
import type { RequestPull } from '../../src/domain/request-state.ts';
import { FakeGitHub } from '../support/fake-github.ts';
import { fakeJobDeps } from '../support/fake-job-deps.ts';
import { FakeMarks } from '../support/fake-marks.ts';
import { FakeSpeaker } from '../support/fake-speaker.ts';
import { BASE, REPO, samplePlatform, sampleSnapshot } from '../support/sample-platform.ts';

const ID = 'req-00000000000000aa' as RequestId;
const MESSAGE = `request:${ID}`;

class Scene {
  readonly github = new FakeGitHub(samplePlatform());
  readonly speaker = new FakeSpeaker();
  readonly marks = new FakeMarks();
  readonly hints: string[] = [];
  readonly conventions: string[] = [];
  policy: string | undefined;
  readonly deps = fakeJobDeps({
    github: this.github,
    speaker: this.speaker,
    marks: this.marks,
    snapshots: { current: async () => sampleSnapshot(this.policy), put: async () => {} },
    hints: {
      lookAtPlatform: async (repo) => void this.hints.push(repo),
      lookAtRequest: async (repo, number) => void this.hints.push(`${repo}#${number}`),
      lookAtRelease: async (repo, id, tag) => void this.hints.push(`${repo}!${id} ${tag}`),
      lookAtIssue: async (repo, number) => void this.hints.push(`issue ${repo}#${number}`),
      lookAtPull: async () => {},
      lookAtConventions: async (repo, number) => void this.conventions.push(`${repo}#${number}`),
      lookAtChange: async () => {},
      lookAtChanges: async () => {},
      followRollouts: async () => {},
    },
  });

  constructor(over: Partial<RequestPull> = {}) {
    this.github.pulls.push({
      repo: REPO,
      number: 1,
      url: 'https://git.example/acme/platform/pull/1',
      title: 'tenants(shop): onboarding namespace to aws',
      branch: 'tenant-shop',
      head: BASE,
      state: 'open',
      ours: true,
      requestId: ID,
      requestedBy: 'U0TESS' as SlackUserId,
      endedBy: undefined,
      reviews: [],
      createdAt: '2026-01-02T00:00:00Z',
      updatedAt: '2026-01-02T00:00:00Z',
      labels: [],
      paths: ['tenants/aws/common/shop/namespace.yaml', 'tenants/aws/prod/shop/rolebinding-reader.yaml'],
      awaitedReviewers: [],
      ...over,
    });
  }

  async look(): Promise<void> {
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const context = { attempt: 1, signal: new AbortController().signal, log };
    await lookAtRequest(this.deps).run({ v: 1, repo: REPO, number: 1 }, context);
  }

  async sweep(): Promise<readonly string[]> {
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    this.hints.length = 0;
    this.github.at += 20_000;
    await sweep(this.deps).run({ v: 1 }, { attempt: 1, signal: new AbortController().signal, log });
    return this.hints;
  }
}

describe('a second pull request of a request, opened by what was sent before its process was stopped', () => {
  it('is closed by the look at it, loses its trailers, and the first is looked at anew', async () => {
    const scene = new Scene({ number: 1, state: 'merged' });
    const [first] = scene.github.pulls;
    if (first === undefined) throw new Error('there is no first pull request');
    scene.github.pulls.push({ ...first, number: 2, state: 'open' });
    const closed: number[] = [];
    const deps = fakeJobDeps({ github: scene.github, speaker: scene.speaker });
    const changes = Object.assign(deps.changes, {
      close: async (_repo: RepoName, number: number) => void closed.push(number),
      editBody: async () => {},
    });
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    await lookAtRequest({ ...deps, changes }).run(
      { v: 1, repo: REPO, number: 2 },
      { attempt: 1, signal: new AbortController().signal, log },
    );
    expect(closed).toEqual([2]);
    expect(scene.speaker.said).toEqual([]);
  });
});

describe('a look at a request', () => {
  const review = (by: string, opinion: 'approved' | 'changes-asked') => ({ id: by, by, opinion });

  it.each<[string, Partial<RequestPull>, string]>([
    ['open', {}, 'The pull request is open'],
    ['approved', { reviews: [review('pat', 'approved')] }, 'Approved by pat'],
    ['changes asked', { reviews: [review('pat', 'changes-asked')] }, 'pat asked for changes'],
    [
      'changes asked by one and approved by another',
      { reviews: [review('pat', 'changes-asked'), review('ana', 'approved')] },
      'pat asked for changes',
    ],
    [
      'asked for another review after changes',
      { reviews: [review('pat', 'changes-asked')], awaitedReviewers: ['pat'] },
      'The pull request is open',
    ],
    ['merged', { state: 'merged', endedBy: 'pat' }, 'Merged by pat'],
    ['closed', { state: 'closed', endedBy: 'pat' }, 'Closed by pat without a merge'],
  ])('shows that it is %s', async (_stage, over, words) => {
    const scene = new Scene(over);
    await scene.look();
    expect(scene.speaker.textOf(MESSAGE)).toContain(words);
  });

  it('tells the asker of the end once, however often it looks', async () => {
    const scene = new Scene({ state: 'merged', endedBy: 'pat' });
    await scene.look();
    await scene.look();
    expect(scene.speaker.textsTo('person')).toEqual(['Your request for shop was merged by pat.']);
    expect(scene.speaker.textsTo('thread')).toEqual(['✅ Merged by pat.'.slice(2)]);
    expect(scene.speaker.textsTo('channel')).toHaveLength(1);
  });

  it('says nothing of a pull request that is not ours, or whose commit bears no request', async () => {
    for (const over of [{ ours: false }, { requestId: undefined }]) {
      const scene = new Scene(over);
      await scene.look();
      expect(scene.speaker.said).toEqual([]);
    }
  });

  it('comes to the same message in whatever order events arrive', async () => {
    const scene = new Scene({ reviews: [review('pat', 'approved')] });
    await scene.look();
    scene.github.change(1, { state: 'merged', endedBy: 'pat' });
    for (let late = 0; late < 3; late += 1) await scene.look();
    expect(scene.speaker.textOf(MESSAGE)).toContain('Merged by pat');
    expect(scene.speaker.updates).toHaveLength(1);
  });
});

describe('the sweep', () => {
  it('has every changed request looked at, and none that was seen since it changed', async () => {
    const scene = new Scene();
    expect(await scene.sweep()).toEqual([REPO, `${REPO}#1`]);
    expect(scene.conventions).toEqual([`${REPO}#1`]);
    await scene.look();
    // Once more, in case something happened later in the very second of the look.
    expect(await scene.sweep()).toEqual([`${REPO}#1`]);
    await scene.look();
    expect(await scene.sweep()).toEqual([]);
    scene.github.change(1, { state: 'closed' });
    expect(await scene.sweep()).toContain(`${REPO}#1`);
    // What is closed is not checked any more.
    expect(scene.conventions).toHaveLength(2);
  });

  it('misses nothing that happens in the same second as a look, though GitHub tells whole seconds', async () => {
    const scene = new Scene();
    await scene.look();
    scene.github.change(1, { state: 'merged', endedBy: 'pat', updatedAt: '2026-01-02T00:00:00Z' });
    scene.github.at += 5_000;
    expect(await scene.sweep()).toContain(`${REPO}#1`);
    await scene.look();
    expect(scene.speaker.textOf(MESSAGE)).toContain('Merged by pat');
  });

  it('catches up on what happened while the policy had mistakes', async () => {
    const scene = new Scene({ state: 'merged', endedBy: 'pat' });
    scene.policy = 'sizes: 3\n';
    await scene.sweep();
    await scene.look();
    await scene.sweep();
    await scene.look();
    scene.policy = undefined;
    expect(await scene.sweep()).toContain(`${REPO}#1`);
    await scene.look();
    expect(scene.speaker.textsTo('person')).toEqual(['Your request for shop was merged by pat.']);
  });

  it('finds them again after Redis was flushed, but not the whole history', async () => {
    const scene = new Scene({ state: 'merged', updatedAt: '2025-12-01T00:00:00Z' });
    expect(await scene.sweep()).toEqual([]);
    scene.github.change(1, { updatedAt: '2026-01-01T12:00:00Z' });
    expect(await scene.sweep()).toContain(`${REPO}#1`);
  });

  it('has the platform looked at when the default branch has moved', async () => {
    const scene = new Scene();
    await markSettled(scene.marks, pullObject(REPO, 1), '2026-01-02T00:00:00Z');
    scene.github.base = 'd'.repeat(40) as CommitSha;
    expect(await scene.sweep()).toEqual([REPO]);
  });

  it('makes one call to GitHub', async () => {
    const scene = new Scene();
    await scene.sweep();
    expect(scene.github.calls).toEqual(['readPulse']);
  });
});
