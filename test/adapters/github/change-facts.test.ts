import type { CommitSha, GitHubLogin } from '../../../src/domain/ids.ts';
import { foreignCheck, requireChecks, rule } from './change-acts.ts';
import { peopleActs } from './people-acts.ts';
import { REPO, type SandboxGitHub, startSandboxGitHub } from './sandbox-github.ts';

let github: SandboxGitHub;
beforeEach(async () => {
  github = await startSandboxGitHub();
});
afterEach(() => github.close());

async function openedBy(login: string, branch = 'sample') {
  const acts = peopleActs(github);
  await acts.createBranch(login, branch, await github.head());
  const head = await acts.commit(login, branch, { 'a.yaml': 'text\n' });
  return { number: await acts.openPull(login, branch, 'a title', 'a body'), head };
}

async function facts(number: number) {
  const read = await github.repository().readChangeFacts(REPO, { pulls: [number], branches: [], tags: [] });
  return read.pulls.get(number);
}

describe('the facts of a change', () => {
  it('tell when the head was replaced by force, which alone brings it back to a commit', async () => {
    const { number, head } = await openedBy('pat-platform');
    const repository = github.repository();
    const lastMove = async () => {
      const { pulls } = await repository.readChangeFacts(REPO, { pulls: [number], branches: [], tags: [] });
      return pulls.get(number)?.lastMove;
    };
    expect(await lastMove()).toBeUndefined();
    const ref = `/repos/${REPO}/git/refs/heads/sample`;
    await github.rest('ana-approver', 'PATCH', ref, { sha: await github.head(), force: true });
    await github.rest('ana-approver', 'PATCH', ref, { sha: head, force: true });
    const first = await lastMove();
    expect(first).toEqual(expect.any(String));
    await github.rest('ana-approver', 'PATCH', ref, { sha: await github.head(), force: true });
    expect(await lastMove()).not.toBe(first);
  });

  it('come in one query, by GitHub’s clock', async () => {
    const { number, head } = await openedBy('pat-platform');
    await peopleActs(github).review('ana-approver', number, 'APPROVE');
    const main = await github.head();
    await github.rest('pat-platform', 'POST', `/repos/${REPO}/git/refs`, { ref: 'refs/tags/v1', sha: main });
    const repository = github.repository();
    github.calls();
    const read = await repository.readChangeFacts(REPO, {
      pulls: [number, 999],
      branches: ['sample', 'absent'],
      tags: ['v1', 'v2'],
    });
    expect(github.calls()).toEqual(['graphql ChangeFacts']);
    expect(read).toMatchObject({
      defaultBranch: 'main',
      baseHead: main,
      byBranch: new Map([['sample', number]]),
      tags: new Map([['v1', main]]),
    });
    expect(Math.abs(read.at - Date.now())).toBeLessThan(5_000);
    expect([...read.pulls.keys()]).toEqual([number]);
    expect(read.pulls.get(number)).toEqual({
      repo: REPO,
      number,
      url: expect.stringContaining(`/pull/${number}`),
      title: 'a title',
      body: 'a body',
      state: 'open',
      isDraft: false,
      updatedAt: expect.any(String),
      author: 'pat-platform',
      ours: false,
      base: 'main',
      branch: 'sample',
      isFork: false,
      head,
      lastMove: undefined,
      standsOn: [main],
      mergeable: 'yes',
      authors: ['pat-platform'],
      hasUnknownAuthors: false,
      requiredChecks: [],
      ownCheck: undefined,
      reviews: [
        { id: expect.any(Number), login: 'ana-approver', kind: 'approved', commit: head, body: 'sample' },
      ],
      missingReview: undefined,
      isInMergeQueue: false,
      merged: undefined,
    });
  });

  it('come for a branch whose pull request nobody named, in a second query', async () => {
    const { number } = await openedBy('pat-platform');
    const repository = github.repository();
    github.calls();
    const read = await repository.readChangeFacts(REPO, { pulls: [], branches: ['sample'], tags: [] });
    expect(read.pulls.get(number)).toMatchObject({ number, title: 'a title' });
    expect(github.calls()).toEqual(['graphql ChangeFacts', 'graphql ChangeFacts']);
  });

  it('name the newest pull request of a branch', async () => {
    const { number } = await openedBy('pat-platform');
    const acts = peopleActs(github);
    await acts.closePull('pat-platform', number);
    const second = await acts.openPull('pat-platform', 'sample', 'again');
    const wish = { pulls: [number, second], branches: ['sample'], tags: [] };
    const read = await github.repository().readChangeFacts(REPO, wish);
    expect(read.byBranch).toEqual(new Map([['sample', second]]));
    expect(read.pulls.get(number)).toMatchObject({ state: 'closed' });
  });

  it('peel an annotated tag, and leave out a tag of no commit', async () => {
    const main = await github.head();
    const tagger = { tag: 'v3', message: 'm', object: main, type: 'commit' };
    const made = (await github.rest('pat-platform', 'POST', `/repos/${REPO}/git/tags`, tagger)) as {
      sha: string;
    };
    const blob = (await github.rest('pat-platform', 'POST', `/repos/${REPO}/git/blobs`, {
      content: 'x',
    })) as {
      sha: string;
    };
    for (const [tag, sha] of [
      ['v3', made.sha],
      ['odd', blob.sha],
    ])
      await github.rest('pat-platform', 'POST', `/repos/${REPO}/git/refs`, { ref: `refs/tags/${tag}`, sha });
    const read = await github
      .repository()
      .readChangeFacts(REPO, { pulls: [], branches: [], tags: ['v3', 'odd'] });
    expect(read.tags).toEqual(new Map([['v3', main]]));
  });

  it('tell the commits that are in conflict with the base', async () => {
    const { number } = await openedBy('pat-platform');
    await peopleActs(github).commit('pat-platform', 'main', { 'a.yaml': 'other\n' });
    expect(await facts(number)).toMatchObject({ mergeable: 'conflicting' });
  });

  it('tell everybody who wrote a commit', async () => {
    const { number } = await openedBy('pat-platform');
    await peopleActs(github).commit('ben-approver', 'sample', { 'b.yaml': 'text\n' });
    expect(await facts(number)).toMatchObject({
      authors: ['pat-platform', 'ben-approver'],
      hasUnknownAuthors: false,
    });
  });

  it('tell that somebody whom GitHub does not know wrote a commit', async () => {
    const { number, head } = await openedBy('pat-platform');
    const at = `/repos/${REPO}/git`;
    const parent = (await github.rest('pat-platform', 'GET', `${at}/commits/${head}`)) as {
      tree: { sha: string };
    };
    const author = { name: 'x', email: '9+trunkline[bot]@users.noreply.github.com' };
    const made = (await github.rest('pat-platform', 'POST', `${at}/commits`, {
      message: 'forged',
      tree: parent.tree.sha,
      parents: [head],
      author,
    })) as { sha: string };
    await github.rest('pat-platform', 'PATCH', `${at}/refs/heads/sample`, { sha: made.sha });
    expect(await facts(number)).toMatchObject({ hasUnknownAuthors: true });
  });

  it('tell who merged it, and what as', async () => {
    const { number } = await openedBy('pat-platform');
    await peopleActs(github).mergePull('ben-approver', number);
    expect(await facts(number)).toMatchObject({
      state: 'merged',
      merged: { commit: await github.head(), by: 'ben-approver', byUs: false, at: expect.any(String) },
    });
  });

  it('tell required checks and statuses that are not ours', async () => {
    const { number, head } = await openedBy('pat-platform');
    await requireChecks(github, [
      { context: 'ci' },
      { context: 'lint' },
      { context: 'change-approval', integration_id: 17 },
    ]);
    const statuses = `/repos/${REPO}/statuses/${head}`;
    await github.rest('pat-platform', 'POST', statuses, { context: 'ci', state: 'success' });
    await github.rest('pat-platform', 'POST', statuses, { context: 'lint', state: 'failure' });
    await github.rest('pat-platform', 'POST', statuses, { context: 'other', state: 'failure' });
    const id = await report(head, 'action_required');
    expect(await facts(number)).toMatchObject({
      requiredChecks: [
        { name: 'lint', state: 'failed' },
        { name: 'ci', state: 'passed' },
      ],
      ownCheck: { id, status: 'completed', conclusion: 'action_required', title: 'a title' },
    });
  });

  it('never take a check of our name by another App for ours', async () => {
    const { number, head } = await openedBy('pat-platform');
    await requireChecks(github, [{ context: 'change-approval' }]);
    await foreignCheck(github, head, 'change-approval', 'success');
    expect(await facts(number)).toMatchObject({
      ownCheck: undefined,
      requiredChecks: [{ name: 'change-approval', state: 'passed' }],
    });
    const id = await report(head, 'failure');
    await foreignCheck(github, head, 'change-approval', 'success');
    expect(await facts(number)).toMatchObject({
      ownCheck: { id, conclusion: 'failure' },
      requiredChecks: [{ name: 'change-approval', state: 'passed' }],
    });
  });

  it('tell for whom a merge queue merged', async () => {
    const { number, head } = await openedBy('pat-platform');
    await rule(github, 'merge_queue', {});
    await github.repository().enqueue(REPO, number, head);
    const pull = github.site.world.state.pulls.get(number);
    expect(pull).toMatchObject({ merged: true });
    const bot = 'github-merge-queue[bot]';
    const id = github.site.world.state.nextId();
    const account = { id, login: bot, type: 'Bot' as const, name: bot, email: null, createdAt: '' };
    github.site.world.state.accounts.set(bot, account);
    if (pull) pull.mergedBy = bot;
    expect((await facts(number))?.merged).toMatchObject({ by: 'trunkline', byUs: true });
  });

  it('come for very many pull requests in few queries', async () => {
    const { number } = await openedBy('pat-platform');
    const repository = github.repository();
    github.calls();
    const pulls = Array.from({ length: 90 }, (_, n) => n + number);
    const read = await repository.readChangeFacts(REPO, { pulls, branches: [], tags: [] });
    expect([...read.pulls.keys()]).toEqual([number]);
    expect(github.calls()).toHaveLength(3);
  });

  it('are not made up when GitHub does not answer', async () => {
    const { number } = await openedBy('pat-platform');
    github.faults.add({
      service: 'github',
      on: 'call',
      match: 'ChangeFacts',
      effect: { kind: 'error', status: 502 },
    });
    await expect(facts(number)).rejects.toMatchObject({ name: 'RetryableError' });
  });
});

async function report(head: CommitSha, conclusion: 'action_required' | 'failure'): Promise<number> {
  return await github.repository().reportCheck({
    repo: REPO,
    head,
    id: undefined,
    status: 'completed',
    conclusion,
    title: 'a title',
    summary: 'a summary',
    detailsUrl: undefined,
  });
}

describe('who pushed the head', () => {
  it('is the person who pushed it, each head by its own', async () => {
    const { head } = await openedBy('pat-platform');
    const repository = github.repository();
    expect(await repository.readPusher(REPO, 'sample', head)).toEqual({
      kind: 'person',
      login: 'pat-platform',
      at: expect.any(Number),
    });
    const second = await peopleActs(github).commit('ben-approver', 'sample', { 'b.yaml': 'x\n' });
    expect(await repository.readPusher(REPO, 'sample', second)).toEqual({
      kind: 'person',
      login: 'ben-approver',
      at: expect.any(Number),
    });
  });

  it('is who pushed this head last', async () => {
    const { head } = await openedBy('pat-platform');
    await peopleActs(github).commit('pat-platform', 'sample', { 'b.yaml': 'x\n' });
    await github.rest('ben-approver', 'PATCH', `/repos/${REPO}/git/refs/heads/sample`, {
      sha: head,
      force: true,
    });
    expect(await github.repository().readPusher(REPO, 'sample', head)).toEqual({
      kind: 'person',
      login: 'ben-approver',
      at: expect.any(Number),
    });
  });

  it('is us for what we committed', async () => {
    const repository = github.repository();
    const opened = await repository.openPromotion({
      repo: REPO,
      branch: 'promote-sample',
      base: 'main',
      onTopOf: await github.head(),
      file: { path: 'a.yaml', content: 'x\n' },
      title: 't',
      body: 'b',
      labels: [],
    });
    if (opened.kind !== 'opened') throw new Error(opened.kind);
    expect(await repository.readPusher(REPO, 'promote-sample', opened.head)).toEqual({ kind: 'us' });
  });

  it('is unknown when the log does not tell', async () => {
    const { head } = await openedBy('pat-platform');
    expect(await github.repository().readPusher(REPO, 'absent', head)).toEqual({ kind: 'unknown' });
    expect(await github.repository().readPusher(REPO, 'sample', '0'.repeat(40) as CommitSha)).toEqual({
      kind: 'unknown',
    });
  });
});

describe('where two histories part', () => {
  it('is found, or undefined for a commit that GitHub does not know', async () => {
    const base = await github.head();
    const { head } = await openedBy('pat-platform');
    const main = await peopleActs(github).commit('pat-platform', 'main', { 'z.yaml': 'x\n' });
    const repository = github.repository();
    expect(await repository.readMergeBase(REPO, main, head)).toBe(base);
    expect(await repository.readMergeBase(REPO, main, '1'.repeat(40) as CommitSha)).toBeUndefined();
  });
});

describe('people', () => {
  it('of a team come whole', async () => {
    const members = await github.repository().readTeamMembers(REPO, 'change-approvers');
    expect(members).toEqual(expect.arrayContaining(['ana-approver', 'ben-approver']));
    expect(await github.repository().readTeamMembers(REPO, 'sample-org/platform')).toContain('pat-platform');
  });

  it.each(['absent', 'other-org/platform', ''])('of the team “%s” cannot be read', async (team) => {
    expect(await github.repository().readTeamMembers(REPO, team)).toBeUndefined();
  });

  it('of a team cannot be read while GitHub fails', async () => {
    github.faults.add({
      service: 'github',
      on: 'call',
      match: 'TeamMembers',
      effect: { kind: 'error', status: 403 },
    });
    expect(await github.repository().readTeamMembers(REPO, 'platform')).toBeUndefined();
  });

  it('are known by the addresses that the organisation has verified', async () => {
    const repository = github.repository();
    expect(await repository.readVerifiedEmails(REPO, 'ana-approver' as GitHubLogin)).toEqual([
      'ana@sandbox.example',
    ]);
    expect(await repository.readVerifiedEmails(REPO, 'nobody' as GitHubLogin)).toEqual([]);
    github.calls();
    expect(await repository.findVerifiedLogins(REPO, 'ana@sandbox.example')).toEqual(['ana-approver']);
    expect(await repository.findVerifiedLogins(REPO, 'nobody@sandbox.example')).toEqual([]);
    expect(github.calls()).toEqual(['graphql VerifiedMembers']);
  });
});

describe('a file', () => {
  it('is read as it is in a commit', async () => {
    const { head } = await openedBy('pat-platform');
    const repository = github.repository();
    expect(await repository.readFile(REPO, head, 'a.yaml')).toBe('text\n');
    expect(await repository.readFile(REPO, head, 'absent.yaml')).toBeUndefined();
    expect(await repository.readFile(REPO, await github.head(), 'a.yaml')).toBeUndefined();
    await expect(repository.readFile(REPO, '1'.repeat(40) as CommitSha, 'a.yaml')).rejects.toMatchObject({
      name: 'RetryableError',
    });
  });
});
