import { startGitHub, type TestGitHub } from './start-github.ts';

let github: TestGitHub;
let pull: number;

beforeAll(async () => {
  github = await startGitHub();
  const main = await github.call('GET', 'r/git/ref/heads/main');
  await github.call('POST', 'r/git/refs', { ref: 'refs/heads/topic', sha: main.body.object.sha });
  await github.call('PUT', 'r/contents/docs/new.md', {
    message: 'docs: new',
    content: Buffer.from('new\n').toString('base64'),
    branch: 'topic',
  });
  pull = (await github.call('POST', 'r/pulls', { title: 'docs: new', head: 'topic', base: 'main' })).body
    .number;
});

afterAll(() => github.close());
afterEach(async () => {
  await github.site.idle();
  expect(github.problems.splice(0)).toEqual([]);
});

it('asks the owners of what a pull request changes for a review when it opens', async () => {
  const { body } = await github.call('GET', `r/pulls/${pull}/requested_reviewers`);
  expect(body.users.map((each: { login: string }) => each.login)).toEqual(['ana-approver']);
  const errors = await github.call('GET', 'r/codeowners/errors');
  expect(errors.body.errors).toMatchObject([{ line: 4, kind: 'Unknown owner', path: '.github/CODEOWNERS' }]);
});

it('opens, lists, edits, locks and closes issues, and tells of each', async () => {
  await github.newHooks();
  const made = await github.call('POST', 'r/issues', {
    title: 'Broken',
    body: 'x',
    labels: ['bug'],
    assignees: ['pat-platform'],
  });
  expect(made).toMatchObject({ status: 201, body: { state: 'open', labels: [{ name: 'bug' }] } });
  const number = made.body.number;
  await github.call('PATCH', `r/issues/${number}`, { title: 'Mended' });
  await github.call('PUT', `r/issues/${number}/lock`, {});
  const locked = await github.call(
    'POST',
    `r/issues/${number}/comments`,
    { body: 'x' },
    github.person('tess-tenant'),
  );
  expect(locked.status).toBe(403);
  await github.call('DELETE', `r/issues/${number}/lock`);
  await github.call('POST', `r/issues/${number}/assignees`, { assignees: ['olli-oncall'] });
  await github.call('DELETE', `r/issues/${number}/assignees`, { assignees: ['olli-oncall'] });
  const closed = await github.call('PATCH', `r/issues/${number}`, {
    state: 'closed',
    state_reason: 'not_planned',
  });
  expect(closed.body).toMatchObject({ state: 'closed', state_reason: 'not_planned', title: 'Mended' });
  const open = await github.call('GET', 'r/issues?state=open');
  expect(open.body.map((each: { number: number }) => each.number)).toEqual([pull]);
  expect((await github.call('GET', `r/issues/${pull}`)).body.pull_request.url).toMatch(/pulls/);
  expect((await github.call('GET', 'r/issues/999')).status).toBe(404);
  expect((await github.call('GET', 'r/assignees')).body.length).toBeGreaterThan(0);
  expect((await github.call('GET', 'r/assignees/pat-platform')).status).toBe(204);
  expect((await github.newHooks()).map((hook) => hook.name)).toEqual(
    expect.arrayContaining([
      'label.created',
      'issues.opened',
      'issues.labeled',
      'issues.assigned',
      'issues.edited',
      'issues.locked',
      'issues.unlocked',
      'issues.unassigned',
      'issues.closed',
    ]),
  );
});

it('keeps comments, which whoever may write may change', async () => {
  await github.newHooks();
  const made = await github.call('POST', `r/issues/${pull}/comments`, { body: 'hello' });
  expect(made).toMatchObject({
    status: 201,
    body: { user: { login: 'trunkline[bot]' }, performed_via_github_app: { slug: 'trunkline' } },
  });
  const path = `r/issues/comments/${made.body.id}`;
  expect((await github.call('PATCH', path, { body: 'forged' }, github.person('pat-platform'))).status).toBe(
    200,
  );
  expect((await github.call('PATCH', path, { body: 'forged' }, github.person('tess-tenant'))).status).toBe(
    403,
  );
  expect((await github.call('GET', path)).body.body).toBe('forged');
  expect((await github.call('GET', `r/issues/${pull}/comments`)).body).toHaveLength(1);
  expect((await github.call('GET', 'r/issues/comments')).body).toHaveLength(1);
  expect((await github.call('POST', `r/issues/${pull}/comments`, { body: ' ' })).status).toBe(422);
  expect((await github.call('DELETE', path)).status).toBe(204);
  expect((await github.call('GET', path)).status).toBe(404);
  expect((await github.newHooks()).map((hook) => hook.name)).toEqual([
    'issue_comment.created',
    'issue_comment.edited',
    'issue_comment.deleted',
  ]);
});

it('has labels, made when first put on something', async () => {
  const made = await github.call('POST', 'r/labels', {
    name: 'tenant',
    color: 'FF0000',
    description: 'A tenant',
  });
  expect(made).toMatchObject({ status: 201, body: { color: 'ff0000' } });
  expect(
    (await github.call('POST', 'r/labels', { name: 'Tenant', color: 'ff0000' })).body.errors,
  ).toMatchObject([{ resource: 'Label', code: 'already_exists', field: 'name' }]);
  const on = `r/issues/${pull}/labels`;
  expect((await github.call('POST', on, { labels: ['tenant', 'fresh'] })).body).toHaveLength(2);
  expect((await github.call('PUT', on, { labels: ['fresh'] })).body).toMatchObject([
    { name: 'fresh', color: 'ededed' },
  ]);
  expect((await github.call('DELETE', `${on}/tenant`)).body.message).toBe('Label does not exist');
  expect((await github.call('DELETE', `${on}/fresh`)).body).toEqual([]);
  expect((await github.call('PATCH', 'r/labels/fresh', { new_name: 'newer' })).body.name).toBe('newer');
  expect((await github.call('GET', 'r/labels')).body.length).toBeGreaterThan(1);
  expect((await github.call('GET', 'r/labels/newer')).status).toBe(200);
  expect((await github.call('DELETE', 'r/labels/newer')).status).toBe(204);
  expect((await github.call('GET', on)).status).toBe(200);
  expect((await github.call('DELETE', on)).status).toBe(204);
});

it('lets an App that may only write pull requests label them, but not issues', async () => {
  const token = github.site.world.tokens.issue({ metadata: 'read', pull_requests: 'write' }).token;
  expect((await github.call('POST', `r/issues/${pull}/labels`, { labels: ['tenant'] }, token)).status).toBe(
    200,
  );
  const issue = await github.call('POST', 'r/issues', { title: 'Another' });
  const refused = await github.call(
    'POST',
    `r/issues/${issue.body.number}/labels`,
    { labels: ['tenant'] },
    token,
  );
  expect(refused).toMatchObject({ status: 403, body: { message: 'Resource not accessible by integration' } });
});
