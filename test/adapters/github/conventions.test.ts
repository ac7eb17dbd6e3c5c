import type { CommitSha } from '../../../src/domain/ids.ts';
import { foreignCheck } from './change-acts.ts';
import { peopleActs } from './people-acts.ts';
import { REPO, type SandboxGitHub, startSandboxGitHub } from './sandbox-github.ts';

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

function report(head: CommitSha, externalId: string) {
  return {
    repo: REPO,
    head,
    id: undefined,
    check: 'conventions',
    externalId,
    status: 'completed',
    conclusion: 'failure',
    title: '1 thing to mend',
    summary: 'a summary',
    detailsUrl: undefined,
    annotations: [
      { path: 'a.yaml', line: 1, level: 'failure', title: 'No object', message: 'Give it a kind.' },
    ],
    actions: [{ label: 'Mend the title', description: 'Sets it', identifier: 'mend-title' }],
  } as const;
}

describe('a pull request and its conventions', () => {
  it('is read in one query, with what its check was reported for last', async () => {
    const { number, head } = await opened();
    const repository = github.repository();
    const pull = {
      repo: REPO,
      number,
      title: 'a title',
      isOpen: true,
      base: 'main',
      baseHead: await github.head(),
      head,
      defaultBranch: 'main',
      reported: undefined,
    };
    github.calls();
    expect(await repository.readConventionPull(REPO, number)).toEqual(pull);
    expect(github.calls()).toHaveLength(1);
    await repository.reportConventions(report(head, '#1 first'));
    await repository.reportConventions(report(head, '#1 second'));
    expect(await repository.readConventionPull(REPO, number)).toEqual({ ...pull, reported: '#1 second' });
  });

  it('is not taken for reported by a check of another App', async () => {
    const { number, head } = await opened();
    await foreignCheck(github, head, 'conventions', 'success');
    expect(await github.repository().readConventionPull(REPO, number)).toMatchObject({ reported: undefined });
  });

  it('that is not there is none', async () => {
    expect(await github.repository().readConventionPull(REPO, 99)).toBeUndefined();
  });

  it('gets a check with annotations and a button', async () => {
    const { head } = await opened();
    const id = await github.repository().reportConventions(report(head, '#1 first'));
    const path = `/repos/${REPO}/check-runs/${id}`;
    expect(await github.rest('pat-platform', 'GET', path)).toMatchObject({
      name: 'conventions',
      external_id: '#1 first',
      conclusion: 'failure',
      output: { title: '1 thing to mend', summary: 'a summary', annotations_count: 1 },
    });
    expect(await github.rest('pat-platform', 'GET', `${path}/annotations`)).toMatchObject([
      { path: 'a.yaml', start_line: 1, annotation_level: 'failure', title: 'No object' },
    ]);
    await github.rest('pat-platform', 'POST', `/_sandbox/check-runs/${id}/actions/mend-title`);
  });

  it('gets another title', async () => {
    const { number } = await opened();
    await github.repository().setTitle(REPO, number, 'feat: a title');
    expect(await github.rest('pat-platform', 'GET', `/repos/${REPO}/pulls/${number}`)).toMatchObject({
      title: 'feat: a title',
    });
  });
});
