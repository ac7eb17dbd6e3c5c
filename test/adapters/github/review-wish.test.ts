import { peopleActs } from './people-acts.ts';
import { REPO, type SandboxGitHub, startSandboxGitHub } from './sandbox-github.ts';

let github: SandboxGitHub;
let people: ReturnType<typeof peopleActs>;
beforeEach(async () => {
  github = await startSandboxGitHub();
  people = peopleActs(github);
  for (const name of ['tenant', 'needs-review']) {
    await github.rest('pat-platform', 'POST', `/repos/${REPO}/labels`, { name, color: 'ededed' });
  }
  await open('tenant-one');
});
afterEach(() => github.close());

async function open(branch: string): Promise<number> {
  await people.createBranch('olli-oncall', branch, await github.head());
  await people.commit('olli-oncall', branch, { [branch]: 'x' });
  return await people.openPull('olli-oncall', branch, 'tenants(one): onboarding namespace to aws');
}

const wish = {
  repo: REPO,
  number: 1,
  labels: ['tenant', 'needs-review'],
  reviewers: ['pat-platform', 'ana-approver'],
  teams: ['platform', 'sample-org/change-approvers'],
};

describe('labels and reviewers', () => {
  it('are put on a pull request, with one document once their ids are known', async () => {
    const repository = github.repository();
    expect(await repository.labelAndAskForReview(wish)).toEqual({ unknown: [] });
    expect(github.calls()).toEqual(['graphql ReviewNames', 'graphql LabelAndAskForReview']);
    const pull = await repository.readPull(REPO, 1);
    expect(pull?.labels.toSorted()).toEqual(['needs-review', 'tenant']);
    expect(pull?.awaitedReviewers.toSorted()).toEqual([
      'ana-approver',
      'pat-platform',
      'sample-org/change-approvers',
      'sample-org/platform',
    ]);
    const second = await open('tenant-two');
    await repository.readPull(REPO, second);
    github.calls();
    await repository.labelAndAskForReview({ ...wish, number: second });
    expect(github.calls()).toEqual(['graphql LabelAndAskForReview']);
  });

  it('that are there already stay', async () => {
    const repository = github.repository();
    await repository.labelAndAskForReview({
      ...wish,
      labels: ['tenant'],
      reviewers: ['pat-platform'],
      teams: [],
    });
    await repository.labelAndAskForReview({
      ...wish,
      labels: ['needs-review'],
      reviewers: ['ana-approver'],
      teams: [],
    });
    const pull = await repository.readPull(REPO, 1);
    expect(pull?.labels.toSorted()).toEqual(['needs-review', 'tenant']);
    expect(pull?.awaitedReviewers.toSorted()).toEqual(['ana-approver', 'pat-platform']);
  });

  it('that GitHub does not know come back, and keep nothing else from being done', async () => {
    const repository = github.repository();
    const { unknown } = await repository.labelAndAskForReview({
      ...wish,
      labels: ['tenant', 'no-such-label'],
      reviewers: ['nobody-at-all', 'ana-approver'],
      teams: ['no-such-team'],
    });
    expect(unknown.toSorted()).toEqual(['no-such-label', 'no-such-team', 'nobody-at-all']);
    const pull = await repository.readPull(REPO, 1);
    expect(pull).toMatchObject({ labels: ['tenant'], awaitedReviewers: ['ana-approver'] });
  });

  it('that GitHub does not take come back: the author cannot review', async () => {
    const repository = github.repository();
    const { unknown } = await repository.labelAndAskForReview({
      ...wish,
      reviewers: ['olli-oncall'],
      teams: [],
    });
    expect(unknown).toEqual(['olli-oncall']);
    expect((await repository.readPull(REPO, 1))?.labels).toHaveLength(2);
  });

  it('need no request when there are none', async () => {
    const nothing = { ...wish, labels: [], reviewers: [], teams: [] };
    expect(await github.repository().labelAndAskForReview(nothing)).toEqual({ unknown: [] });
    expect(github.calls()).toEqual([]);
  });

  it('of a pull request that is not there are refused', async () => {
    await expect(github.repository().labelAndAskForReview({ ...wish, number: 99 })).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'not-found',
    });
  });

  it('of unclear outcome are said to be so', async () => {
    const effect = { kind: 'error-after-doing', status: 502 } as const;
    github.faults.add({ service: 'github', on: 'call', match: 'LabelAndAskForReview', effect });
    await expect(github.repository().labelAndAskForReview(wish)).rejects.toMatchObject({
      name: 'AmbiguousWriteError',
    });
  });
});
