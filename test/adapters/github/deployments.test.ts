import type { DeploymentReport } from '../../../jobs/rollout/deployments-port.ts';
import type { Deployment } from '../../../sandbox/github/types.ts';
import type { CommitSha } from '../../../src/domain/ids.ts';
import { REPO, type SandboxGitHub, startSandboxGitHub } from './sandbox-github.ts';
import { startScriptedGitHub } from './scripted-github.ts';

const LIST = `GET /repos/${REPO}/deployments`;
const MAKE = `POST /repos/${REPO}/deployments`;
const URL = 'https://slack.example/archives/C1/p1';

let github: SandboxGitHub;
let commit: CommitSha;
beforeEach(async () => {
  github = await startSandboxGitHub();
  commit = await github.head();
});
afterEach(() => github.close());

function reportOf(over: Partial<DeploymentReport> = {}): DeploymentReport {
  const words = { description: 'Applied on 2 of 8', url: URL };
  return {
    repo: REPO,
    key: 'change-7',
    commit,
    environment: 'prod',
    state: 'in_progress',
    ...words,
    ...over,
  };
}

function standing(): readonly Deployment[] {
  return [...github.site.world.state.deployments.values()];
}

function statesOf(deployment: Deployment | undefined): readonly string[] {
  return (deployment?.statuses ?? []).map(({ state }) => state);
}

function namesOfCalls(): readonly string[] {
  return github.calls().map((name) => name.replace(/deployments\/\d+/, 'deployments/N'));
}

describe('a deployment', () => {
  it('stands beside the commit with its state, what there is to say and where it is told', async () => {
    await github.deployments().report(reportOf());
    expect(standing()).toMatchObject([
      {
        sha: commit,
        environment: 'prod',
        task: 'deploy',
        payload: { trunkline: 'change-7' },
        productionEnvironment: true,
        creator: 'trunkline[bot]',
        statuses: [{ state: 'in_progress', description: 'Applied on 2 of 8', logUrl: URL }],
      },
    ]);
  });

  it('is made though a check of the commit is red', async () => {
    const red = { state: 'failure', context: 'ci' };
    await github.rest('pat-platform', 'POST', `/repos/${REPO}/statuses/${commit}`, red);
    await github.deployments().report(reportOf());
    expect(standing()).toHaveLength(1);
  });

  it('goes on with every new state, and a report that says nothing new costs no request', async () => {
    const deployments = github.deployments();
    await deployments.report(reportOf());
    await deployments.report(reportOf({ state: 'failure', description: 'BuildFailed on aws-1' }));
    await deployments.report(
      reportOf({ state: 'success', description: 'Applied on 8 of 8', url: undefined }),
    );
    github.calls();
    await deployments.report(
      reportOf({ state: 'success', description: ' Applied on 8 of 8\n', url: undefined }),
    );
    expect(github.calls()).toEqual([]);
    expect(standing().map(statesOf)).toEqual([['in_progress', 'failure', 'success']]);
    expect(standing()[0]?.statuses.at(-1)).toMatchObject({ description: 'Applied on 8 of 8', logUrl: '' });
  });

  it('is found again after a restart, and says nothing twice', async () => {
    await github.deployments().report(reportOf());
    namesOfCalls();
    await github.deployments().report(reportOf());
    const statuses = `GET /repos/${REPO}/deployments/N/statuses`;
    expect(namesOfCalls()).toEqual([LIST, statuses]);
    expect(standing().map(statesOf)).toEqual([['in_progress']]);
  });

  it('is looked at anew after some minutes, for another replica may have told of it', async () => {
    let now = 1_000;
    const one = github.deployments(() => now);
    await one.report(reportOf({ state: 'success' }));
    await github.deployments().report(reportOf({ state: 'failure' }));
    now = 300_000;
    await one.report(reportOf({ state: 'success' }));
    expect(standing().map(statesOf)).toEqual([['success', 'failure']]);
    now = 302_000;
    await one.report(reportOf({ state: 'success' }));
    expect(standing().map(statesOf)).toEqual([['success', 'failure', 'success']]);
  });

  it('of another key, environment or commit is another one', async () => {
    const deployments = github.deployments();
    await deployments.report(reportOf());
    await deployments.report(reportOf({ key: 'change-8' }));
    await deployments.report(reportOf({ environment: 'prod/eu & more' }));
    expect(standing()).toHaveLength(3);
    await github.deployments().report(reportOf({ environment: 'prod/eu & more' }));
    expect(standing()).toHaveLength(3);
  });

  it('of somebody else with our key is left alone', async () => {
    const theirs = {
      ref: commit,
      environment: 'prod',
      required_contexts: [],
      auto_merge: false,
      payload: { trunkline: 'change-7' },
    };
    await github.rest('ben-approver', 'POST', `/repos/${REPO}/deployments`, theirs);
    await github.deployments().report(reportOf({ state: 'success' }));
    expect(standing().map(statesOf)).toEqual([[], ['success']]);
  });

  it('has a description of at most 140 characters', async () => {
    await github.deployments().report(reportOf({ description: 'é🚢'.repeat(200) }));
    const said = standing()[0]?.statuses[0]?.description ?? '';
    expect(said.length).toBeLessThanOrEqual(140);
    expect(said).toMatch(/^(é🚢)+é?…$/u);
  });

  it('that somebody has deleted is made anew', async () => {
    const deployments = github.deployments();
    await deployments.report(reportOf());
    github.site.world.state.deployments.clear();
    await deployments.report(reportOf({ state: 'success' }));
    expect(standing().map(statesOf)).toEqual([['success']]);
  });
});

describe('what succeeds', () => {
  it('takes the place of what succeeded before it, which does not come back', async () => {
    const deployments = github.deployments();
    const before = reportOf({ key: 'change-6', state: 'success' });
    await deployments.report(before);
    await deployments.report(reportOf({ key: 'elsewhere', environment: 'other', state: 'success' }));
    await deployments.report(reportOf({ key: 'failed', state: 'failure' }));
    await deployments.report(reportOf({ state: 'success' }));
    const states = [['success', 'inactive'], ['success'], ['failure'], ['success']];
    expect(standing().map(statesOf)).toEqual(states);
    await github.deployments().report(before);
    expect(standing().map(statesOf)).toEqual(states);
  });

  it('leaves others’ deployments alone', async () => {
    const theirs = {
      ref: commit,
      environment: 'prod',
      required_contexts: [],
      auto_merge: false,
      production_environment: true,
    };
    const made = await github.rest('ben-approver', 'POST', `/repos/${REPO}/deployments`, theirs);
    const { id } = made as { id: number };
    await github.rest('ben-approver', 'POST', `/repos/${REPO}/deployments/${id}/statuses`, {
      state: 'success',
    });
    await github.deployments().report(reportOf({ state: 'success' }));
    expect(standing().map(statesOf)).toEqual([['success'], ['success']]);
  });

  it('is told though what came before cannot be looked for, which the next success mends', async () => {
    const deployments = github.deployments();
    await deployments.report(reportOf({ key: 'change-6', state: 'success' }));
    github.faults.add({
      service: 'github',
      on: 'call',
      match: 'ActiveDeployments',
      effect: { kind: 'error', status: 502 },
    });
    await deployments.report(reportOf({ state: 'success' }));
    expect(standing().map(statesOf)).toEqual([['success'], ['success']]);
    await deployments.report(reportOf({ key: 'change-8', state: 'success' }));
    const retired = ['success', 'inactive'];
    expect(standing().map(statesOf)).toEqual([retired, retired, ['success']]);
  });
});

describe('when GitHub fails', () => {
  it('a deployment that was made all the same is not made again', async () => {
    github.faults.add({
      service: 'github',
      on: 'call',
      match: `${MAKE}$`,
      effect: { kind: 'error-after-doing', status: 500 },
    });
    const deployments = github.deployments();
    await expect(deployments.report(reportOf())).rejects.toMatchObject({ name: 'AmbiguousWriteError' });
    await deployments.report(reportOf());
    expect(standing().map(statesOf)).toEqual([['in_progress']]);
  });

  it('one that was perhaps made is made again only once GitHub would show it', async () => {
    let now = 1_000;
    const deployments = github.deployments(() => now);
    github.faults.add({
      service: 'github',
      on: 'call',
      match: `${MAKE}$`,
      effect: { kind: 'error', status: 500 },
    });
    await expect(deployments.report(reportOf())).rejects.toMatchObject({ name: 'AmbiguousWriteError' });
    now = 6_000;
    await expect(deployments.report(reportOf())).rejects.toMatchObject({
      name: 'RetryableError',
      retryInMs: 30_000,
    });
    now = 36_001;
    await deployments.report(reportOf());
    expect(standing().map(statesOf)).toEqual([['in_progress']]);
  });

  it('a status that was given all the same is not given again', async () => {
    const deployments = github.deployments();
    await deployments.report(reportOf());
    github.faults.add({
      service: 'github',
      on: 'call',
      match: 'POST .*/statuses',
      effect: { kind: 'error-after-doing', status: 502 },
    });
    const done = reportOf({ state: 'success' });
    await expect(deployments.report(done)).rejects.toMatchObject({ name: 'AmbiguousWriteError' });
    await deployments.report(done);
    expect(standing().map(statesOf)).toEqual([['in_progress', 'success']]);
  });
});

describe('at the same moment', () => {
  it('two reports of one process make one deployment', async () => {
    const deployments = github.deployments();
    await Promise.all([deployments.report(reportOf()), deployments.report(reportOf())]);
    expect(standing().map(statesOf)).toEqual([['in_progress']]);
  });

  it('two replicas end up with one that counts; the other is shown as inactive', async () => {
    const [one, other] = [github.deployments(), github.deployments()];
    github.faults.add({
      service: 'github',
      on: 'call',
      match: `${MAKE}$`,
      effect: { kind: 'delay', ms: 300 },
      times: 2,
    });
    await Promise.all([one.report(reportOf()), other.report(reportOf())]);
    await one.report(reportOf({ state: 'success' }));
    await other.report(reportOf({ state: 'success' }));
    const [first, second] = standing();
    expect(standing()).toHaveLength(2);
    expect(new Set(statesOf(first))).toEqual(new Set(['in_progress', 'success']));
    expect(statesOf(first).filter((state) => state === 'success')).toHaveLength(1);
    expect(statesOf(second).at(-1)).toBe('inactive');
  });
});

describe('what cannot succeed', () => {
  it('is named for good: the App may not write deployments', async () => {
    const weak = await startSandboxGitHub({ permissions: { metadata: 'read', contents: 'write' } });
    const report = reportOf({ commit: await weak.head() });
    await expect(weak.deployments().report(report)).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'forbidden',
    });
    await weak.close();
  });

  it('is named for good: a commit that GitHub does not know', async () => {
    const nowhere = reportOf({ commit: 'f'.repeat(40) as CommitSha });
    await expect(github.deployments().report(nowhere)).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'refused',
    });
  });

  it('an answer that nobody can read is neither a deployment nor none', async () => {
    const scripted = await startScriptedGitHub();
    const attempt = () => scripted.deployments().report(reportOf());
    scripted.answer({ json: { odd: true } });
    await expect(attempt()).rejects.toMatchObject({ name: 'RetryableError' });
    scripted.answer({ json: [] }, { json: { odd: true } });
    await expect(attempt()).rejects.toMatchObject({ name: 'AmbiguousWriteError' });
    scripted.answer({ json: [] }, { status: 201, json: { id: 1 } }, { json: [] }, { status: 404, json: {} });
    await expect(attempt()).rejects.toMatchObject({ name: 'PermanentError', code: 'not-found' });
    await scripted.close();
  });
});
