import { peopleActs } from './people-acts.ts';
import { REPO, type SandboxGitHub, startSandboxGitHub } from './sandbox-github.ts';

const FILES = {
  'README.md': '# sample\n',
  '.github/trunkline.yaml': '',
  'providers/aws/v1/mgmt/flux.yaml': 'kind: GitRepository\n',
  'features/ingress/deployment.yaml': 'kind: Deployment\n',
  'features/ingress/kustomization.yaml': 'resources: []\n',
  'tenants/aws/common/one/namespace.yaml': 'kind: Namespace\n',
};

let github: SandboxGitHub;
let people: ReturnType<typeof peopleActs>;
beforeEach(async () => {
  github = await startSandboxGitHub({ files: FILES });
  people = peopleActs(github);
});
afterEach(() => github.close());

describe('a snapshot', () => {
  it('holds all paths, and the texts of the files that say how the platform is built', async () => {
    const snapshot = await github.repository().readSnapshot(REPO);
    expect(snapshot.files).toEqual({
      commit: await github.head(),
      defaultBranch: 'main',
      paths: Object.keys(FILES).toSorted(),
      texts: new Map([
        ['.github/trunkline.yaml', ''],
        ['features/ingress/kustomization.yaml', 'resources: []\n'],
        ['providers/aws/v1/mgmt/flux.yaml', 'kind: GitRepository\n'],
      ]),
    });
    expect(snapshot.openRequests).toEqual([]);
    expect(Math.abs(snapshot.readAt - Date.now())).toBeLessThan(5_000);
  });

  it('takes one request when nothing has changed, and three when one file has', async () => {
    const repository = github.repository();
    const first = await repository.readSnapshot(REPO);
    github.calls();
    expect((await repository.readSnapshot(REPO)).files).toEqual(first.files);
    expect(github.calls()).toEqual(['graphql Head']);
    await people.commit('pat-platform', 'main', {
      'providers/aws/v1/mgmt/flux.yaml': 'kind: Kustomization\n',
    });
    github.calls();
    const { files } = await repository.readSnapshot(REPO);
    expect(github.calls()).toEqual([
      'graphql Head',
      expect.stringMatching(/^GET .*\/git\/trees\//),
      'graphql Texts',
    ]);
    expect(files.commit).toBe(await github.head());
    expect(files.texts.get('providers/aws/v1/mgmt/flux.yaml')).toBe('kind: Kustomization\n');
  });

  it('follows the layout that the policy says', async () => {
    const policy = 'layout:\n  features: addons\n';
    await people.commit('pat-platform', 'main', {
      '.github/trunkline.yaml': policy,
      'addons/dns/deployment.yaml': 'kind: Deployment\n',
    });
    const { files } = await github.repository().readSnapshot(REPO);
    expect(files.texts.get('.github/trunkline.yaml')).toBe(policy);
    expect(files.texts.has('features/ingress/deployment.yaml')).toBe(true);
    expect(files.texts.has('addons/dns/deployment.yaml')).toBe(false);
  });

  it('is read with the defaults when the policy is wrong, so that its error can be shown', async () => {
    await people.commit('pat-platform', 'main', { '.github/trunkline.yaml': 'nonsense: [' });
    const { files } = await github.repository().readSnapshot(REPO);
    expect(files.texts.get('.github/trunkline.yaml')).toBe('nonsense: [');
    expect(files.texts.has('providers/aws/v1/mgmt/flux.yaml')).toBe(true);
  });

  it('names the requests under way, by whomever they were opened', async () => {
    const titles = {
      'tenant-one': 'tenants(one): onboarding namespace to aws',
      'tenant-two': 'chore: something else',
      other: 'tenants(three): onboarding namespace to aws',
    };
    const main = await github.head();
    for (const [branch, title] of Object.entries(titles)) {
      await people.createBranch('pat-platform', branch, main);
      await people.commit('pat-platform', branch, { [branch]: 'x' });
      await people.openPull('pat-platform', branch, title);
    }
    const { openRequests } = await github.repository().readSnapshot(REPO);
    expect(openRequests).toEqual([
      { repo: REPO, number: 1, name: 'one', url: expect.stringContaining('/pull/1') },
    ]);
  });

  it('makes the bot ready to label and to ask for reviews in one request', async () => {
    await github.rest('pat-platform', 'POST', `/repos/${REPO}/labels`, { name: 'tenant', color: 'ededed' });
    const policy = 'pullRequest:\n  labels: [tenant]\n  reviewers: [ana-approver]\n  teams: [platform]\n';
    await people.commit('pat-platform', 'main', { '.github/trunkline.yaml': policy });
    await people.createBranch('olli-oncall', 'tenant-one', await github.head());
    await people.commit('olli-oncall', 'tenant-one', { one: 'x' });
    const number = await people.openPull(
      'olli-oncall',
      'tenant-one',
      'tenants(one): onboarding namespace to aws',
    );
    const repository = github.repository();
    await repository.readSnapshot(REPO);
    await repository.readPull(REPO, number);
    github.calls();
    const wish = { repo: REPO, number, labels: ['tenant'], reviewers: ['ana-approver'], teams: ['platform'] };
    expect(await repository.labelAndAskForReview(wish)).toEqual({ unknown: [] });
    expect(github.calls()).toEqual(['graphql LabelAndAskForReview']);
  });
});
