import type { CommitSha } from '../../../src/domain/ids.ts';
import { foreignCheck, requireChecks, rule } from './change-acts.ts';
import { peopleActs } from './people-acts.ts';
import { REPO, type SandboxGitHub, startSandboxGitHub } from './sandbox-github.ts';
import { startScriptedGitHub } from './scripted-github.ts';

let github: SandboxGitHub;
beforeEach(async () => {
  github = await startSandboxGitHub();
});
afterEach(() => github.close());

async function opened() {
  const acts = peopleActs(github);
  await acts.createBranch('pat-platform', 'sample', await github.head());
  const head = await acts.commit('pat-platform', 'sample', { 'a.yaml': 'text\n' });
  return { number: await acts.openPull('pat-platform', 'sample', 'a title', 'a body'), head };
}

function pull(number: number): Promise<unknown> {
  return github.rest('pat-platform', 'GET', `/repos/${REPO}/pulls/${number}`);
}

function reportOf(head: CommitSha, id?: number) {
  return {
    repo: REPO,
    head,
    id,
    status: 'in_progress' as const,
    conclusion: undefined,
    title: 'Waits',
    summary: 'for two people',
    detailsUrl: 'https://slack.example/x',
  };
}

describe('the check of a head', () => {
  it('is made once and then changed', async () => {
    const { number, head } = await opened();
    const repository = github.repository();
    const id = await repository.reportCheck(reportOf(head));
    const passed = { ...reportOf(head, id), status: 'completed' as const, conclusion: 'success' as const };
    expect(await repository.reportCheck(passed)).toBe(id);
    const read = await github.rest('pat-platform', 'GET', `/repos/${REPO}/check-runs/${id}`);
    expect(read).toMatchObject({
      name: 'change-approval',
      head_sha: head,
      external_id: head,
      status: 'completed',
      conclusion: 'success',
      details_url: 'https://slack.example/x',
      output: { title: 'Waits', summary: 'for two people' },
    });
    expect(await repository.reportCheck({ ...passed, conclusion: 'failure' })).toBe(id);
    expect(await repository.reportCheck(reportOf(head, id))).toBe(id);
    const facts = await repository.readChangeFacts(REPO, { pulls: [number], branches: [], tags: [] });
    expect(facts.pulls.get(number)?.ownCheck).toEqual({
      id,
      status: 'in_progress',
      conclusion: undefined,
      title: 'Waits',
    });
  });

  it('is made anew when GitHub has deleted it', async () => {
    const { head } = await opened();
    const id = await github.repository().reportCheck(reportOf(head, 987_654));
    expect(id).not.toBe(987_654);
  });

  it('is never written over another App’s', async () => {
    const { head } = await opened();
    const foreign = await foreignCheck(github, head, 'change-approval', 'success');
    await expect(github.repository().reportCheck(reportOf(head, foreign))).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'forbidden',
    });
  });

  it('may stand or not when GitHub fails', async () => {
    const { head } = await opened();
    github.faults.add({
      service: 'github',
      on: 'call',
      match: 'check-runs',
      effect: { kind: 'error-after-doing', status: 500 },
    });
    await expect(github.repository().reportCheck(reportOf(head))).rejects.toMatchObject({
      name: 'AmbiguousWriteError',
    });
  });
});

describe('a merge', () => {
  const wish = (number: number, head: CommitSha) => ({
    repo: REPO,
    number,
    head,
    title: 'a title',
    message: 'Approved-by: ana-approver',
  });

  it('squashes, with the title and its number', async () => {
    const { number, head } = await opened();
    const repository = github.repository();
    const result = await repository.merge(wish(number, head));
    const main = await github.head();
    expect(result).toEqual({ kind: 'merged', commit: main });
    const commit = await github.rest('pat-platform', 'GET', `/repos/${REPO}/git/commits/${main}`);
    expect(commit).toMatchObject({ message: `a title (#${number})\n\nApproved-by: ana-approver` });
    const facts = await repository.readChangeFacts(REPO, { pulls: [number], branches: [], tags: [] });
    expect(facts.pulls.get(number)?.merged).toMatchObject({ commit: main, by: 'trunkline', byUs: true });
  });

  it('is not done once the head has moved', async () => {
    const { number, head } = await opened();
    await peopleActs(github).commit('ben-approver', 'sample', { 'b.yaml': 'x\n' });
    expect(await github.repository().merge(wish(number, head))).toEqual({ kind: 'head-moved' });
    expect(await pull(number)).toMatchObject({ merged: false });
  });

  it('is refused in GitHub’s words while a rule forbids it', async () => {
    const { number, head } = await opened();
    await requireChecks(github, [{ context: 'ci' }]);
    expect(await github.repository().merge(wish(number, head))).toEqual({
      kind: 'refused',
      message: expect.stringContaining('ci'),
    });
  });

  it('is refused when it was merged already', async () => {
    const { number, head } = await opened();
    await peopleActs(github).mergePull('ben-approver', number);
    expect(await github.repository().merge(wish(number, head))).toMatchObject({ kind: 'refused' });
  });

  it('may be done or not when GitHub fails', async () => {
    const { number, head } = await opened();
    github.faults.add({
      service: 'github',
      on: 'call',
      match: '/merge',
      effect: { kind: 'error-after-doing', status: 502 },
    });
    await expect(github.repository().merge(wish(number, head))).rejects.toMatchObject({
      name: 'AmbiguousWriteError',
    });
    expect(await pull(number)).toMatchObject({ merged: true });
  });

  it('goes through the queue where one is required', async () => {
    const { number, head } = await opened();
    await rule(github, 'merge_queue', {});
    await requireChecks(github, [{ context: 'change-approval', integration_id: 17 }]);
    const repository = github.repository();
    await repository.reportCheck({ ...reportOf(head), status: 'completed', conclusion: 'success' });
    expect(await repository.merge(wish(number, head))).toEqual({ kind: 'queue-required' });
    expect(await repository.enqueue(REPO, number, await github.head())).toBe('head-moved');
    expect(await repository.enqueue(REPO, number, head)).toBe('queued');
    expect(await repository.enqueue(REPO, number, head)).toBe('queued');
    const facts = await repository.readChangeFacts(REPO, { pulls: [number], branches: [], tags: [] });
    expect(facts.pulls.get(number)).toMatchObject({ state: 'open', isInMergeQueue: true });
  });

  it('is not put into a queue that there is not', async () => {
    const { number, head } = await opened();
    expect(await github.repository().enqueue(REPO, number, head)).toBe('refused');
  });
});

describe('a pull request', () => {
  it('is closed, and told anew', async () => {
    const { number } = await opened();
    const repository = github.repository();
    await repository.editBody(REPO, number, 'another body');
    await repository.close(REPO, number);
    await repository.close(REPO, number);
    expect(await pull(number)).toMatchObject({ state: 'closed', body: 'another body' });
  });

  it('that is not there cannot be closed', async () => {
    await expect(github.repository().close(REPO, 99)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a comment', () => {
  async function bodies(number: number): Promise<readonly string[]> {
    const path = `/repos/${REPO}/issues/${number}/comments`;
    const all = (await github.rest('pat-platform', 'GET', path)) as { body: string }[];
    return all.map(({ body }) => body);
  }

  it('is written once, and rewritten where it stands', async () => {
    const { number } = await opened();
    const repository = github.repository();
    await repository.comment(REPO, number, 'change', 'one');
    await repository.comment(REPO, number, 'other', 'two');
    await repository.comment(REPO, number, 'change', 'three');
    expect(await bodies(number)).toEqual([
      'three\n\n<!-- trunkline:change -->',
      'two\n\n<!-- trunkline:other -->',
    ]);
    github.calls();
    await repository.comment(REPO, number, 'change', 'three');
    expect(github.calls()).toEqual([]);
    // Another process finds it where it stands.
    await github.repository().comment(REPO, number, 'change', 'three');
    expect(github.calls()).toEqual([`GET /repos/${REPO}/issues/${number}/comments`]);
  });

  it('is not looked for where the facts of the pull request have told of it, or that there is none', async () => {
    const { number } = await opened();
    const facts = { pulls: [number], branches: [], tags: [] };
    const path = `/repos/${REPO}/issues/${number}/comments`;
    const first = github.repository();
    await first.readChangeFacts(REPO, facts);
    github.calls();
    await first.comment(REPO, number, 'change', 'one');
    expect(github.calls()).toEqual([`POST ${path}`]);
    const second = github.repository();
    await second.readChangeFacts(REPO, facts);
    github.calls();
    await second.comment(REPO, number, 'change', 'one');
    await second.comment(REPO, number, 'change', 'two');
    expect(github.calls()).toEqual([expect.stringMatching(/^PATCH /)]);
    expect(await bodies(number)).toEqual(['two\n\n<!-- trunkline:change -->']);
  });

  it('that somebody deleted is written again', async () => {
    const { number } = await opened();
    const repository = github.repository();
    await repository.comment(REPO, number, 'change', 'one');
    github.site.world.state.comments.clear();
    await repository.comment(REPO, number, 'change', 'two');
    expect(await bodies(number)).toEqual(['two\n\n<!-- trunkline:change -->']);
  });

  it('of somebody else with our mark is left alone', async () => {
    const { number } = await opened();
    const path = `/repos/${REPO}/issues/${number}/comments`;
    await github.rest('ben-approver', 'POST', path, { body: 'mine <!-- trunkline:change -->' });
    await github.repository().comment(REPO, number, 'change', 'ours');
    expect(await bodies(number)).toEqual([
      'mine <!-- trunkline:change -->',
      'ours\n\n<!-- trunkline:change -->',
    ]);
  });

  it('of ours that quotes another’s mark is not taken for it', async () => {
    const { number } = await opened();
    const repository = github.repository();
    await repository.comment(REPO, number, 'other', 'quoting <!-- trunkline:change -->');
    await repository.comment(REPO, number, 'change', 'ours');
    expect(await bodies(number)).toHaveLength(2);
  });

  it('is found behind a hundred others', async () => {
    const { number } = await opened();
    const { state } = github.site.world;
    for (let n = 0; n < 100; n += 1) {
      const id = state.nextId();
      const at = '2026-06-01T12:00:00Z';
      const said = { id, issueNumber: number, user: 'pat-platform', viaApp: null, body: 'x' };
      state.comments.set(id, { ...said, createdAt: at, updatedAt: at });
    }
    const repository = github.repository();
    await repository.comment(REPO, number, 'change', 'one');
    await repository.comment(REPO, number, 'change', 'two');
    const own = [...state.comments.values()].filter(({ user }) => user === 'trunkline[bot]');
    expect(own.map(({ body }) => body)).toEqual(['two\n\n<!-- trunkline:change -->']);
  });
});

describe('the rule that requires the check', () => {
  it.each([
    ['missing', []],
    ['missing', [{ context: 'ci', integration_id: 17 }]],
    ['unpinned', [{ context: 'change-approval' }]],
    ['unpinned', [{ context: 'change-approval', integration_id: 99 }]],
    ['pinned', [{ context: 'ci' }, { context: 'change-approval', integration_id: 17 }]],
  ] as const)('is %s', async (expected, checks) => {
    if (checks.length > 0) await requireChecks(github, checks);
    expect(await github.repository().readApprovalRule(REPO, 'main')).toBe(expected);
  });
});

describe('answers that nobody can read', () => {
  it('are no merge, no check and no pusher', async () => {
    const scripted = await startScriptedGitHub();
    scripted.answer({ json: { odd: true } });
    const repository = scripted.repository();
    const head = 'a'.repeat(40) as CommitSha;
    const wish = { repo: REPO, number: 1, head, title: 't', message: '' };
    await expect(repository.merge(wish)).rejects.toMatchObject({ name: 'AmbiguousWriteError' });
    await expect(repository.reportCheck(reportOf(head))).rejects.toMatchObject({
      name: 'AmbiguousWriteError',
    });
    await expect(repository.readPusher(REPO, 'b', head)).rejects.toMatchObject({ name: 'RetryableError' });
    await expect(repository.readMergeBase(REPO, head, head)).rejects.toMatchObject({
      name: 'RetryableError',
    });
    await expect(repository.readApprovalRule(REPO, 'b')).rejects.toMatchObject({ name: 'RetryableError' });
    await expect(repository.comment(REPO, 1, 'k', 'x')).rejects.toMatchObject({ name: 'RetryableError' });
    await scripted.close();
  });
});
