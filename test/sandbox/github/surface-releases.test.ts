import { startGitHub, type TestGitHub } from './start-github.ts';

let github: TestGitHub;

beforeAll(async () => {
  github = await startGitHub();
  await change('feat: first', 'pat-platform');
  await github.call('POST', 'r/git/refs', { ref: 'refs/tags/v1.0.0', sha: await tip() });
  await change('feat: second', 'pat-platform');
  await change('fix: third', 'olli-oncall');
});

async function tip(): Promise<string> {
  return (await github.call('GET', 'r/git/ref/heads/main')).body.object.sha;
}

/** A merged pull request of a person's. */
async function change(title: string, login: string): Promise<void> {
  const token = github.person(login);
  const branch = title.replace(/\W+/g, '-');
  await github.call('POST', 'r/git/refs', { ref: `refs/heads/${branch}`, sha: await tip() }, token);
  const content = Buffer.from(title).toString('base64');
  await github.call('PUT', `r/contents/${branch}.txt`, { message: title, content, branch }, token);
  const { number } = (await github.call('POST', 'r/pulls', { title, head: branch, base: 'main' }, token))
    .body;
  await github.call('PUT', `r/pulls/${number}/merge`, { merge_method: 'squash' }, token);
}

afterAll(() => github.close());
afterEach(async () => {
  await github.site.idle();
  expect(github.problems.splice(0)).toEqual([]);
});

function html(rest: string): string {
  return `${github.url}/sandbox-org/platform/${rest}`;
}

it('writes notes of what was merged since a tag, with new contributors, and saves nothing', async () => {
  const answer = await github.call('POST', 'r/releases/generate-notes', {
    tag_name: 'v1.1.0',
    previous_tag_name: 'v1.0.0',
  });
  expect(answer).toMatchObject({ status: 200, body: { name: 'v1.1.0' } });
  expect(answer.body.body).toBe(
    [
      "## What's Changed",
      `* feat: second by @pat-platform in ${html('pull/2')}`,
      `* fix: third by @olli-oncall in ${html('pull/3')}`,
      '',
      '## New Contributors',
      `* @olli-oncall made their first contribution in ${html('pull/3')}`,
      '',
      `**Full Changelog**: ${html('compare/v1.0.0...v1.1.0')}`,
    ].join('\n'),
  );
  expect((await github.call('GET', 'r/releases')).body).toEqual([]);
  const first = await github.call('POST', 'r/releases/generate-notes', { tag_name: 'v1.0.0' });
  expect(first.body.body).toMatch(/\*\*Full Changelog\*\*: \S+\/commits\/v1\.0\.0$/);
  const wrong = await github.call('POST', 'r/releases/generate-notes', {
    tag_name: 'v1.1.0',
    previous_tag_name: 'v9',
  });
  expect(wrong.status).toBe(422);
});

it('sorts them into the categories of a configuration file', async () => {
  const config =
    'changelog:\n  categories:\n    - title: Features\n      labels: [feature]\n    - title: Rest\n      labels: ["*"]\n';
  await github.call('POST', 'r/issues/2/labels', { labels: ['feature'] });
  const main = (await github.call('GET', 'r/git/ref/heads/main')).body.object.sha;
  await github.call('POST', 'r/git/refs', { ref: 'refs/heads/config', sha: main });
  await github.call('PUT', 'r/contents/.github/release.yml', {
    message: 'chore: notes',
    content: Buffer.from(config).toString('base64'),
    branch: 'config',
  });
  const { body } = await github.call('POST', 'r/releases/generate-notes', {
    tag_name: 'v1.1.0',
    previous_tag_name: 'v1.0.0',
    target_commitish: 'config',
  });
  expect(body.body).toContain(
    '<!-- Release notes generated using configuration in .github/release.yml at config -->\n\n## What',
  );
  expect(body.body).toContain('### Features\n* feat: second');
  expect(body.body).toContain('### Rest\n* fix: third');
});

it('publishes a release with its tag, and a draft only when told', async () => {
  await github.newHooks();
  const draft = await github.call('POST', 'r/releases', { tag_name: 'v1.1.0', draft: true, body: 'soon' });
  expect(draft).toMatchObject({ status: 201, body: { draft: true, published_at: null } });
  expect(draft.body.html_url).toContain('untagged-');
  expect((await github.call('GET', 'r/git/ref/tags/v1.1.0')).status).toBe(404);
  expect((await github.call('GET', 'r/releases/tags/v1.1.0')).status).toBe(404);
  expect((await github.call('GET', 'r/releases', undefined, github.person('tess-tenant'))).body).toEqual([]);
  const path = `r/releases/${draft.body.id}`;
  expect((await github.call('PATCH', path, { draft: false, name: 'One one' })).body).toMatchObject({
    draft: false,
    name: 'One one',
  });
  expect((await github.call('GET', 'r/git/ref/tags/v1.1.0')).status).toBe(200);
  expect((await github.call('GET', 'r/releases/latest')).body.tag_name).toBe('v1.1.0');
  expect((await github.call('GET', 'r/releases/tags/v1.1.0')).body.id).toBe(draft.body.id);
  expect((await github.call('GET', `${path}/assets`)).body).toEqual([]);
  const again = await github.call('POST', 'r/releases', { tag_name: 'v1.1.0' });
  expect(again.body.errors).toMatchObject([
    { resource: 'Release', code: 'already_exists', field: 'tag_name' },
  ]);
  const long = await github.call('POST', 'r/releases', { tag_name: 'v2.0.0', body: 'x'.repeat(125_001) });
  expect(long.status).toBe(422);
  const pre = await github.call('POST', 'r/releases', {
    tag_name: 'v2.0.0-rc.1',
    prerelease: true,
    generate_release_notes: true,
  });
  expect(pre.body).toMatchObject({ name: 'v2.0.0-rc.1', prerelease: true });
  expect((await github.call('GET', 'r/releases/latest')).body.tag_name).toBe('v1.1.0');
  expect((await github.call('DELETE', `r/releases/${pre.body.id}`)).status).toBe(204);
  expect((await github.newHooks()).map((hook) => hook.name)).toEqual(
    expect.arrayContaining([
      'release.created',
      'release.published',
      'release.released',
      'release.edited',
      'release.prereleased',
      'release.deleted',
      'create',
    ]),
  );
});

it('shows releases in GraphQL', async () => {
  const { data } = await github.graphql(`{ repository(owner: "sandbox-org", name: "platform") {
    latestRelease { tagName isLatest tagCommit { oid } author { login } }
    release(tagName: "v1.1.0") { name description tag { name } }
    refs(refPrefix: "refs/tags/", first: 10, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) { nodes { name target { oid __typename } } } } }`);
  expect(data.repository.latestRelease).toMatchObject({ tagName: 'v1.1.0', isLatest: true });
  expect(data.repository.release).toMatchObject({
    name: 'One one',
    description: 'soon',
    tag: { name: 'v1.1.0' },
  });
  expect(data.repository.refs.nodes.map((each: { name: string }) => each.name)).toContain('v1.0.0');
});

it('keeps deployments with their statuses, the newest success retiring the older', async () => {
  await github.newHooks();
  const made = async () =>
    (
      await github.call('POST', 'r/deployments', {
        ref: 'v1.1.0',
        environment: 'prod',
        auto_merge: false,
        required_contexts: [],
        payload: { change: 42 },
      })
    ).body;
  const first = await made();
  const second = await made();
  for (const { id } of [first, second])
    expect(
      (
        await github.call('POST', `r/deployments/${id}/statuses`, {
          state: 'success',
          log_url: 'https://example.com/log',
        })
      ).status,
    ).toBe(201);
  const statuses = await github.call('GET', `r/deployments/${first.id}/statuses`);
  expect(statuses.body.map((each: { state: string }) => each.state)).toEqual(['inactive', 'success']);
  expect((await github.call('GET', `r/deployments/${first.id}/statuses/${statuses.body[0].id}`)).status).toBe(
    200,
  );
  expect((await github.call('GET', 'r/deployments?environment=prod')).body).toHaveLength(2);
  expect((await github.call('GET', `r/deployments/${second.id}`)).body.payload).toEqual({ change: 42 });
  expect((await github.call('DELETE', `r/deployments/${second.id}`)).status).toBe(422);
  expect((await github.call('DELETE', `r/deployments/${first.id}`)).status).toBe(204);
  expect((await github.call('POST', 'r/deployments', { ref: 'nowhere' })).body.message).toBe(
    'No ref found for: nowhere',
  );
  const { data } = await github.graphql(
    '{ repository(owner: "sandbox-org", name: "platform") { deployments(first: 5, environments: ["prod"]) { nodes { state latestStatus { state logUrl } } } } }',
  );
  expect(data.repository.deployments.nodes).toEqual([
    { state: 'ACTIVE', latestStatus: { state: 'SUCCESS', logUrl: 'https://example.com/log' } },
  ]);
  expect((await github.newHooks()).map((hook) => hook.name)).toEqual(
    expect.arrayContaining(['deployment.created', 'deployment_status.created']),
  );
});

it('refuses a deployment while a check is red, and merges the base first when asked', async () => {
  const sha = (await github.call('GET', 'r/git/ref/heads/config')).body.object.sha;
  await github.call('POST', 'r/check-runs', {
    name: 'tests',
    head_sha: sha,
    status: 'completed',
    conclusion: 'failure',
  });
  const refused = await github.call('POST', 'r/deployments', { ref: 'config', auto_merge: false });
  expect(refused).toMatchObject({
    status: 409,
    body: { message: 'Conflict: Commit status checks failed for config.' },
  });
  const behind = await github.call('POST', 'r/git/refs', { ref: 'refs/heads/behind', sha: await tip() });
  await change('feat: fourth', 'pat-platform');
  expect(behind.status).toBe(201);
  const merged = await github.call('POST', 'r/deployments', { ref: 'behind', required_contexts: [] });
  expect(merged).toMatchObject({
    status: 202,
    body: { message: 'Auto-merged main into behind on deployment.' },
  });
  expect((await github.call('POST', 'r/deployments', { ref: 'behind', required_contexts: [] })).status).toBe(
    201,
  );
});
