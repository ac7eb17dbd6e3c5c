import { startGitHub, type TestGitHub } from './start-github.ts';

let github: TestGitHub;

beforeAll(async () => {
  github = await startGitHub();
});

afterAll(() => github.close());
afterEach(async () => {
  await github.site.idle();
  expect(github.problems.splice(0)).toEqual([]);
});

async function open(branch: string, path: string, login: string) {
  const token = github.person(login);
  const main = (await github.call('GET', 'r/git/ref/heads/main')).body.object.sha;
  await github.call('POST', 'r/git/refs', { ref: `refs/heads/${branch}`, sha: main }, token);
  await github.call('PUT', `r/contents/${path}`, { message: branch, content: 'YQ==', branch }, token);
  return (await github.call('POST', 'r/pulls', { title: branch, head: branch, base: 'main' }, token)).body
    .number;
}

async function asked(number: number) {
  const { body } = await github.call('GET', `r/pulls/${number}/requested_reviewers`);
  return [
    ...body.users.map((each: { login: string }) => each.login),
    ...body.teams.map((each: { slug: string }) => each.slug),
  ];
}

it('asks the owners of the last line that matches, but neither the author nor strangers', async () => {
  expect(await asked(await open('one', 'docs/deep/one.md', 'pat-platform'))).toEqual(['ana-approver']);
  expect(await asked(await open('two', 'docs/two.md', 'ana-approver'))).toEqual([]);
  expect(await asked(await open('three', 'clusters/three.yaml', 'ana-approver'))).toEqual(['platform']);
  expect(await asked(await open('four', 'tenants/four.yaml', 'ana-approver'))).toEqual([]);
});

it('merges only with an owner’s approval where a ruleset asks for it', async () => {
  const admin = github.site.world.tokens.issue({ metadata: 'read', administration: 'write' }).token;
  const parameters = {
    dismiss_stale_reviews_on_push: false,
    require_code_owner_review: true,
    require_last_push_approval: false,
    required_approving_review_count: 1,
    required_review_thread_resolution: false,
  };
  await github.call(
    'POST',
    'r/rulesets',
    {
      name: 'owners',
      target: 'branch',
      enforcement: 'active',
      conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
      rules: [{ type: 'pull_request', parameters }],
    },
    admin,
  );
  const number = await open('five', 'docs/five.md', 'pat-platform');
  const approve = (login: string) =>
    github.call('POST', `r/pulls/${number}/reviews`, { event: 'APPROVE' }, github.person(login));
  const merge = () => github.call('PUT', `r/pulls/${number}/merge`, { merge_method: 'squash' });
  await approve('ben-approver');
  const refused = await merge();
  expect(refused.status).toBe(405);
  expect(refused.body.message).toContain('Waiting on code owner review.');
  await approve('ana-approver');
  expect((await merge()).status).toBe(200);
});
