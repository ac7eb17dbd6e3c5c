import { startGitHub, type TestGitHub } from './start-github.ts';

let github: TestGitHub;
let head: string;

beforeAll(async () => {
  github = await startGitHub();
  head = (await github.call('GET', 'r/git/ref/heads/main')).body.object.sha;
});

afterAll(() => github.close());
afterEach(async () => {
  await github.site.idle();
  expect(github.problems.splice(0)).toEqual([]);
});

it('keeps check runs of the App, with output and annotations', async () => {
  await github.newHooks();
  const made = await github.call('POST', 'r/check-runs', {
    name: 'change-approval',
    head_sha: head,
    status: 'in_progress',
  });
  expect(made).toMatchObject({
    status: 201,
    body: { status: 'in_progress', conclusion: null, app: { slug: 'trunkline' } },
  });
  const path = `r/check-runs/${made.body.id}`;
  const annotation = {
    path: 'README.md',
    start_line: 1,
    end_line: 1,
    annotation_level: 'warning',
    message: 'look',
  };
  const done = await github.call('PATCH', path, {
    conclusion: 'success',
    output: { title: 'Fine', summary: 'All of it', annotations: [annotation] },
    actions: [{ label: 'Again', description: 'Look again', identifier: 'again' }],
  });
  expect(done.body).toMatchObject({
    status: 'completed',
    conclusion: 'success',
    output: { annotations_count: 1 },
  });
  expect((await github.call('GET', `${path}/annotations`)).body).toMatchObject([{ message: 'look' }]);
  expect((await github.call('GET', path)).body.completed_at).toMatch(/Z$/);
  expect((await github.call('POST', `${path}/rerequest`)).status).toBe(201);
  const listed = await github.call('GET', 'r/commits/main/check-runs?check_name=change-approval');
  expect(listed.body).toMatchObject({ total_count: 1, check_runs: [{ id: made.body.id }] });
  expect((await github.newHooks()).map((hook) => hook.name)).toEqual([
    'check_run.created',
    'check_run.completed',
    'check_suite.completed',
    'check_run.rerequested',
  ]);
});

it('tells the App which button of a check run a person pressed', async () => {
  const [run] = (await github.call('GET', 'r/commits/main/check-runs')).body.check_runs;
  await github.newHooks();
  const press = (identifier: string, login: string) =>
    fetch(`${github.url}/_sandbox/check-runs/${run.id}/actions/${identifier}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${github.person(login)}` },
    });
  const shown = await fetch(`${github.url}/_sandbox/check-runs/${run.id}/actions`);
  expect(await shown.json()).toMatchObject([{ identifier: 'again' }]);
  expect((await press('again', 'pat-platform')).status).toBe(204);
  expect((await press('other', 'pat-platform')).status).toBe(422);
  expect((await press('again', 'tess-tenant')).status).toBe(403);
  expect(await github.newHooks()).toMatchObject([
    {
      name: 'check_run.requested_action',
      body: { requested_action: { identifier: 'again' }, sender: { login: 'pat-platform' } },
    },
  ]);
});

it('groups them in a suite for each commit', async () => {
  const { body } = await github.call('GET', `r/commits/${head}/check-suites`);
  expect(body).toMatchObject({
    total_count: 1,
    check_suites: [{ status: 'completed', conclusion: 'success' }],
  });
  const path = `r/check-suites/${body.check_suites[0].id}`;
  expect((await github.call('GET', path)).body.head_sha).toBe(head);
  expect((await github.call('GET', `${path}/check-runs`)).body.total_count).toBe(1);
  expect((await github.call('POST', `${path}/rerequest`)).status).toBe(201);
  expect((await github.call('POST', 'r/check-suites', { head_sha: head })).status).toBe(201);
});

it('refuses check runs of people, too much in one request, and a result without a conclusion', async () => {
  const run = { name: 'forged', head_sha: head, status: 'completed', conclusion: 'success' };
  const person = await github.call('POST', 'r/check-runs', run, github.person('pat-platform'));
  expect(person).toMatchObject({ status: 403, body: { message: 'You must authenticate via a GitHub App.' } });
  const annotation = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' };
  const output = { title: 't', summary: 's', annotations: Array.from({ length: 51 }, () => annotation) };
  expect((await github.call('POST', 'r/check-runs', { ...run, output })).status).toBe(422);
  const actions = ['a', 'b', 'c', 'd'].map((each) => ({ label: each, description: each, identifier: each }));
  expect((await github.call('POST', 'r/check-runs', { ...run, actions })).status).toBe(422);
  const long = { ...run, output: { title: 't', summary: 'x'.repeat(65_536) } };
  expect((await github.call('POST', 'r/check-runs', long)).status).toBe(422);
  const { conclusion, ...without } = run;
  expect((await github.call('POST', 'r/check-runs', without)).status).toBe(422);
  const nowhere = await github.call('POST', 'r/check-runs', { ...run, head_sha: 'a'.repeat(40) });
  expect(nowhere.body.message).toBe(`No commit found for SHA: ${'a'.repeat(40)}`);
  expect(conclusion).toBe('success');
});

it('takes commit statuses from whoever may write, and combines them', async () => {
  await github.newHooks();
  const as = github.person('pat-platform');
  const path = `r/statuses/${head}`;
  const made = await github.call(
    'POST',
    path,
    { state: 'pending', context: 'ci', description: 'running' },
    as,
  );
  expect(made).toMatchObject({ status: 201, body: { creator: { login: 'pat-platform' } } });
  expect((await github.call('GET', 'r/commits/main/status', undefined, as)).body.state).toBe('pending');
  await github.call('POST', path, { state: 'success', context: 'ci' }, as);
  expect((await github.call('GET', 'r/commits/main/status', undefined, as)).body).toMatchObject({
    state: 'success',
    total_count: 1,
  });
  expect((await github.call('GET', 'r/commits/main/statuses', undefined, as)).body).toHaveLength(2);
  expect((await github.call('POST', path, { state: 'success' }, github.person('tess-tenant'))).status).toBe(
    403,
  );
});

it('shows checks and statuses together in GraphQL', async () => {
  const { data } = await github.graphql(`{ repository(owner: "sandbox-org", name: "platform") {
    object(expression: "main") { ... on Commit { statusCheckRollup { state contexts(first: 10) { nodes {
      __typename ... on CheckRun { name conclusion checkSuite { app { slug } } } ... on StatusContext { context state } } } }
      checkSuites(first: 5) { nodes { checkRuns(first: 5) { nodes { name status } } } } } } } }`);
  const { statusCheckRollup, checkSuites } = data.repository.object;
  expect(statusCheckRollup).toEqual({
    state: 'SUCCESS',
    contexts: {
      nodes: [
        {
          __typename: 'CheckRun',
          name: 'change-approval',
          conclusion: 'SUCCESS',
          checkSuite: { app: { slug: 'trunkline' } },
        },
        { __typename: 'StatusContext', context: 'ci', state: 'SUCCESS' },
      ],
    },
  });
  expect(checkSuites.nodes[0].checkRuns.nodes).toEqual([{ name: 'change-approval', status: 'COMPLETED' }]);
});
