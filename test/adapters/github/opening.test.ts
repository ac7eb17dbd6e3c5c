import type { CommitSha } from '../../../src/domain/ids.ts';
import { peopleActs } from './people-acts.ts';
import { REPO, type SandboxGitHub, startSandboxGitHub } from './sandbox-github.ts';

const TRAILERS = 'Request-Id: req-0123456789abcdef\nRequested-by: Tess Tenant (Slack U0TENANT01)';
const FILES = [
  { path: 'tenants/aws/common/sample/namespace.yaml', content: 'kind: Namespace # ü\n' },
  { path: 'tenants/aws/prod/sample/role-binding.yaml', content: 'kind: RoleBinding\n' },
];
const TITLE = 'tenants(sample): onboarding namespace to aws';

let github: SandboxGitHub;
beforeEach(async () => {
  github = await startSandboxGitHub();
});
afterEach(() => github.close());

function plan(onTopOf: CommitSha | undefined, branch = 'tenant-sample') {
  return {
    repo: REPO,
    branch,
    defaultBranch: 'main',
    commit: onTopOf && { onTopOf, headline: TITLE, body: TRAILERS, files: FILES },
    title: TITLE,
    body: `Somebody asks.\n\n${TRAILERS}`,
  };
}

describe('a request’s pull request', () => {
  it('stands after two requests from a warm bot', async () => {
    const repository = github.repository();
    const { head } = await repository.readPulse(REPO);
    github.calls();
    const reservation = await repository.reserveBranch(REPO, 'sample', 'tenant-sample', head);
    expect(reservation).toMatchObject({
      kind: 'reserved',
      facts: {
        repo: REPO,
        defaultBranch: 'main',
        base: head,
        branches: [{ name: 'tenant-sample', head, bare: true, requestId: undefined }],
        pulls: [],
        createdByUs: new Map([['tenant-sample', true]]),
      },
    });
    const result = await repository.openPullRequest(plan(head));
    expect(github.calls()).toEqual(['graphql ReserveBranch', 'graphql OpenPullRequest']);
    expect(result).toEqual({
      kind: 'opened',
      pull: {
        repo: REPO,
        number: 1,
        url: expect.stringContaining('/pull/1'),
        title: TITLE,
        branch: 'tenant-sample',
        head: await github.head('tenant-sample'),
        state: 'open',
        ours: true,
        requestId: 'req-0123456789abcdef',
        requestedBy: 'U0TENANT01',
        endedBy: undefined,
        reviews: [],
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
        labels: [],
        paths: FILES.map(({ path }) => path),
        awaitedReviewers: [],
      },
    });
  });

  it('is not written to a branch whose name somebody else has taken', async () => {
    const repository = github.repository();
    const { head } = await repository.readPulse(REPO);
    await peopleActs(github).createBranch('pat-platform', 'tenant-sample', head);
    expect(await repository.reserveBranch(REPO, 'sample', 'tenant-sample', head)).toEqual({ kind: 'taken' });
    expect(await github.head('tenant-sample')).toBe(head);
  });

  it('stands after two requests when GitHub reads are 30 s old', async () => {
    const repository = github.repository();
    const { head } = await repository.readPulse(REPO);
    github.site.setStaleReads(30_000);
    const reservation = await repository.reserveBranch(REPO, 'sample', 'tenant-sample', head);
    const branches = [{ name: 'tenant-sample', head, bare: true, requestId: undefined }];
    expect(reservation).toMatchObject({ kind: 'reserved', facts: { branches } });
    const result = await repository.openPullRequest(plan(head));
    expect(result).toMatchObject({ kind: 'opened', pull: { number: 1, requestId: 'req-0123456789abcdef' } });
    expect(await repository.reserveBranch(REPO, 'sample', 'tenant-sample', head)).toEqual({ kind: 'taken' });
  });

  it('is opened for a commit that stands already', async () => {
    const { repository, head } = await reserved();
    github.faults.add({
      service: 'github',
      on: 'call',
      match: 'OpenPullRequest',
      effect: { kind: 'error', status: 502 },
    });
    await expect(repository.openPullRequest(plan(head))).rejects.toMatchObject({
      name: 'AmbiguousWriteError',
    });
    await repository.openPullRequest(plan(head));
    await peopleActs(github).closePull('pat-platform', 1);
    const result = await github.repository().openPullRequest(plan(undefined));
    expect(result).toMatchObject({ kind: 'opened', pull: { number: 2, requestId: 'req-0123456789abcdef' } });
    expect(github.calls().slice(-2)).toEqual(['graphql RepositoryId', 'graphql OpenPullRequest']);
  });

  it('done although GitHub answered 500 is found by the next look, not made twice', async () => {
    const { repository, head } = await reserved();
    github.faults.add({
      service: 'github',
      on: 'call',
      match: 'OpenPullRequest',
      effect: { kind: 'error-after-doing', status: 500 },
    });
    await expect(repository.openPullRequest(plan(head))).rejects.toMatchObject({
      name: 'AmbiguousWriteError',
    });
    const facts = await repository.readRequestFacts(REPO, 'sample');
    expect(facts.pulls).toMatchObject([{ number: 1, ours: true, requestId: 'req-0123456789abcdef' }]);
    expect(await repository.openPullRequest(plan(head))).toEqual({ kind: 'lost-race', step: 'commit' });
    expect((await repository.readRequestFacts(REPO, 'sample')).pulls).toHaveLength(1);
  });

  it('is not opened twice from one branch', async () => {
    const { repository, head } = await reserved();
    await repository.openPullRequest(plan(head));
    expect(await repository.openPullRequest(plan(undefined))).toEqual({
      kind: 'lost-race',
      step: 'pull-request',
    });
  });

  it('is looked at again when the branch has nothing to bring', async () => {
    const { repository } = await reserved();
    expect(await repository.openPullRequest(plan(undefined))).toEqual({
      kind: 'lost-race',
      step: 'pull-request',
    });
  });

  it('is looked at again when the branch has gone', async () => {
    const { repository, head } = await reserved();
    await repository.releaseBranch(REPO, 'tenant-sample', head);
    expect(await repository.openPullRequest(plan(head))).toEqual({ kind: 'lost-race', step: 'commit' });
  });

  it('never brings what somebody else pushed to the branch a moment before', async () => {
    const { repository, head } = await reserved();
    await peopleActs(github).commit('pat-platform', 'tenant-sample', { mine: 'text' });
    expect(await repository.openPullRequest(plan(head))).toEqual({ kind: 'lost-race', step: 'commit' });
    const facts = await repository.readRequestFacts(REPO, 'sample');
    expect(facts.pulls).toMatchObject([{ number: 1, state: 'closed', ours: true, requestId: undefined }]);
    expect(facts.branches).toMatchObject([{ bare: false, requestId: undefined }]);
  });

  it('is permanently refused when the App may not write', async () => {
    await github.close();
    github = await startSandboxGitHub({
      permissions: { contents: 'read', pull_requests: 'write', metadata: 'read' },
    });
    const repository = github.repository();
    const { head } = await repository.readPulse(REPO);
    await expect(repository.reserveBranch(REPO, 'sample', 'tenant-sample', head)).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'forbidden',
    });
  });
});

describe('a branch that is not needed after all', () => {
  it('is deleted', async () => {
    const { repository, head } = await reserved();
    await repository.releaseBranch(REPO, 'tenant-sample', head);
    expect(await github.head('tenant-sample')).toBeUndefined();
    await repository.releaseBranch(REPO, 'tenant-sample', head);
  });

  it('is left alone once somebody has pushed to it', async () => {
    const { repository, head } = await reserved();
    const theirs = await peopleActs(github).commit('pat-platform', 'tenant-sample', { mine: 'text' });
    await repository.releaseBranch(REPO, 'tenant-sample', head);
    expect(await github.head('tenant-sample')).toBe(theirs);
  });
});

async function reserved() {
  const repository = github.repository();
  const { head } = await repository.readPulse(REPO);
  await repository.reserveBranch(REPO, 'sample', 'tenant-sample', head);
  return { repository, head };
}
