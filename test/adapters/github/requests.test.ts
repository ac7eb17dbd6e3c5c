import { REPO, type SandboxGitHub, startSandboxGitHub } from './sandbox-github.ts';

const IDS = 'Request-Id: req-0123456789abcdef\nRequested-by: Tess Tenant (Slack U0TENANT01)';
const CHANGE = 'req-00000000000000cc';
const TITLE = 'tenants(sample): onboarding namespace to aws';
const FOLDER = 'tenants/aws/prod/sample';

let github: SandboxGitHub;
beforeEach(async () => {
  github = await startSandboxGitHub();
  const repository = github.repository();
  const { head } = await repository.readPulse(REPO);
  await repository.reserveBranch(REPO, 'sample', 'tenant-sample', head);
  const files = ['a', 'b'].map((name) => ({ path: `${FOLDER}/${name}.yaml`, content: `x: ${name}\n` }));
  await repository.openPullRequest({
    repo: REPO,
    branch: 'tenant-sample',
    defaultBranch: 'main',
    commit: { onTopOf: head, headline: TITLE, body: IDS, files },
    title: TITLE,
    body: `Somebody asks.\n\n${IDS}`,
  });
  github.calls();
});
afterEach(() => github.close());

const change = async () => ({
  repo: REPO,
  branch: 'tenant-sample',
  onTopOf: await github.head('tenant-sample'),
  headline: 'tenants(sample): change what the request asks for',
  body: `- Size: small → medium\n\n${IDS}\nRequest-Change: ${CHANGE}`,
  writes: [{ path: `${FOLDER}/a.yaml`, content: 'x: ü\n' }],
  deletes: [`${FOLDER}/b.yaml`],
});

describe('a request that stands', () => {
  it('is read with its text, its asker and its commits in one request', async () => {
    const standing = await github.requests().readStanding(REPO, 1);
    expect(github.calls()).toEqual(['graphql StandingRequest']);
    const head = await github.head('tenant-sample');
    expect(standing).toMatchObject({
      pull: { number: 1, head, requestId: 'req-0123456789abcdef', requestedBy: 'U0TENANT01' },
      body: `Somebody asks.\n\n${IDS}`,
      requesterName: 'Tess Tenant',
      commits: [{ sha: head, ours: true, changeId: undefined }],
      defaultBranch: 'main',
      base: await github.head(),
    });
  });

  it('is not there under a number that nothing has', async () => {
    expect(await github.requests().readStanding(REPO, 99)).toBeUndefined();
  });

  it('gets one further commit that writes and deletes, and is known by its change', async () => {
    const requests = github.requests();
    expect(await requests.commit(await change())).toBe('committed');
    const standing = await requests.readStanding(REPO, 1);
    expect(standing?.commits.map(({ changeId }) => changeId)).toEqual([undefined, CHANGE]);
    expect(standing?.pull.paths).toEqual([`${FOLDER}/a.yaml`]);
    expect(standing?.commits[1]?.message).toContain('- Size: small → medium');
  });

  it('is left alone when the branch has another head than was expected', async () => {
    const requests = github.requests();
    const stale = await change();
    await requests.commit(stale);
    expect(await requests.commit(stale)).toBe('stale');
    expect((await requests.readStanding(REPO, 1))?.commits).toHaveLength(2);
  });

  it('is left alone when its branch is gone', async () => {
    const plan = await change();
    await github.rest('pat-platform', 'DELETE', `/repos/${REPO}/git/refs/heads/tenant-sample`);
    expect(await github.requests().commit(plan)).toBe('stale');
  });

  it('takes nobody else’s commit for a change, whatever its message says', async () => {
    await github.rest('pat-platform', 'PUT', `/repos/${REPO}/contents/${FOLDER}/c.yaml`, {
      message: `x\n\n${IDS}\nRequest-Change: ${CHANGE}`,
      branch: 'tenant-sample',
      content: Buffer.from('x: c\n').toString('base64'),
    });
    const standing = await github.requests().readStanding(REPO, 1);
    expect(standing?.commits.at(-1)).toMatchObject({ ours: false, changeId: undefined });
  });

  it('says what it is told to say', async () => {
    const requests = github.requests();
    await requests.describe(REPO, 1, { title: `${TITLE}, azure`, body: 'Other.' });
    expect(await requests.readStanding(REPO, 1)).toMatchObject({
      pull: { title: `${TITLE}, azure` },
      body: 'Other.',
    });
  });
});

describe('an issue', () => {
  const post = (login: string, body: string, more = {}) =>
    github.rest(login, 'POST', `/repos/${REPO}/issues`, { title: 'Tenant request', body, ...more });

  it('is read with its author, what they have to do with the repository, and our comments alone', async () => {
    await post('tess-tenant', 'Please.');
    await github.rest('pat-platform', 'POST', `/repos/${REPO}/issues/2/comments`, { body: 'mine' });
    await github.repository().comment(REPO, 2, 'request', 'ours');
    github.calls();
    const issue = await github.requests().readIssue(REPO, 2);
    expect(github.calls()).toEqual(['graphql Issue']);
    expect(issue).toMatchObject({
      number: 2,
      body: 'Please.',
      isOpen: true,
      author: 'tess-tenant',
      association: 'MEMBER',
      ownComments: [expect.stringContaining('ours')],
    });
  });

  it('is not there for a pull request, or where there is nothing', async () => {
    expect(await github.requests().readIssue(REPO, 1)).toBeUndefined();
    expect(await github.requests().readIssue(REPO, 99)).toBeUndefined();
  });

  it('is told of by the pulse where it bears the label of the form', async () => {
    await post('tess-tenant', 'no label');
    await post('pat-platform', 'label', { labels: ['tenant-request'] });
    const { issues } = await github.repository().readPulse(REPO);
    expect(issues).toEqual([{ number: 3, isOpen: true, updatedAt: expect.any(String) }]);
  });
});
