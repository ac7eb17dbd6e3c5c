import { startGitHub, type TestGitHub } from './start-github.ts';

let github: TestGitHub;

beforeAll(async () => {
  github = await startGitHub();
  const admin = github.site.world.tokens.issue({ metadata: 'read', administration: 'write' }).token;
  const ruleset = {
    name: 'queue',
    target: 'branch',
    enforcement: 'active',
    conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
    rules: [
      {
        type: 'merge_queue',
        parameters: {
          check_response_timeout_minutes: 60,
          grouping_strategy: 'ALLGREEN',
          max_entries_to_build: 1,
          max_entries_to_merge: 1,
          merge_method: 'SQUASH',
          min_entries_to_merge: 1,
          min_entries_to_merge_wait_minutes: 0,
        },
      },
      {
        type: 'required_status_checks',
        parameters: {
          strict_required_status_checks_policy: false,
          required_status_checks: [{ context: 'change-approval', integration_id: 1001 }],
        },
      },
    ],
  };
  expect((await github.call('POST', 'r/rulesets', ruleset, admin)).status).toBe(201);
});

afterAll(() => github.close());
afterEach(async () => {
  await github.site.idle();
  expect(github.problems.splice(0)).toEqual([]);
});

async function open(branch: string): Promise<{ number: number; node_id: string; head: { sha: string } }> {
  const main = (await github.call('GET', 'r/git/ref/heads/main')).body.object.sha;
  await github.call('POST', 'r/git/refs', { ref: `refs/heads/${branch}`, sha: main });
  const content = Buffer.from(branch).toString('base64');
  await github.call('PUT', `r/contents/${branch}.txt`, { message: branch, content, branch });
  const { body } = await github.call('POST', 'r/pulls', { title: branch, head: branch, base: 'main' });
  return body;
}

function check(sha: string, conclusion: string) {
  return github.call('POST', 'r/check-runs', {
    name: 'change-approval',
    head_sha: sha,
    status: 'completed',
    conclusion,
  });
}

const enqueue = `mutation($id: ID!) { enqueuePullRequest(input: { pullRequestId: $id }) {
  mergeQueueEntry { position state pullRequest { number isInMergeQueue } } } }`;

async function groupHead(): Promise<string> {
  const asked = (await github.newHooks()).find((hook) => hook.name === 'merge_group.checks_requested');
  expect(asked?.body.merge_group.head_ref).toMatch(/^refs\/heads\/gh-readonly-queue\/main\/pr-\d+-/);
  return asked?.body.merge_group.head_sha;
}

it('merges only through the queue, once the checks of the group are green', async () => {
  const pull = await open('green');
  const early = await github.graphql(enqueue, { id: pull.node_id });
  expect(early.errors).toMatchObject([
    { type: 'UNPROCESSABLE', message: 'Pull request is not in a mergeable state.' },
  ]);
  await check(pull.head.sha, 'success');
  const direct = await github.call('PUT', `r/pulls/${pull.number}/merge`, { merge_method: 'squash' });
  expect(direct).toMatchObject({
    status: 405,
    body: { message: 'Changes must be made through the merge queue' },
  });
  const answer = await github.graphql(enqueue, { id: pull.node_id });
  expect(answer.data.enqueuePullRequest.mergeQueueEntry).toEqual({
    position: 1,
    state: 'AWAITING_CHECKS',
    pullRequest: { number: pull.number, isInMergeQueue: true },
  });
  const head = await groupHead();
  expect((await github.call('GET', `r/pulls/${pull.number}`)).body.merged).toBe(false);
  await check(head, 'success');
  const merged = (await github.call('GET', `r/pulls/${pull.number}`)).body;
  expect(merged).toMatchObject({ merged: true, state: 'closed', merge_commit_sha: head });
  expect((await github.call('GET', 'r/git/ref/heads/main')).body.object.sha).toBe(head);
  expect((await github.newHooks()).map((hook) => hook.name)).toEqual(
    expect.arrayContaining(['pull_request.dequeued', 'pull_request.closed', 'merge_group.destroyed']),
  );
});

it('drops a pull request whose group fails, and goes on with the next', async () => {
  const [red, next] = [await open('red'), await open('next')];
  for (const pull of [red, next]) {
    await check(pull.head.sha, 'success');
    expect((await github.graphql(enqueue, { id: pull.node_id })).errors).toBeUndefined();
  }
  await check(await groupHead(), 'failure');
  expect((await github.call('GET', `r/pulls/${red.number}`)).body).toMatchObject({
    merged: false,
    state: 'open',
  });
  await check(await groupHead(), 'success');
  expect((await github.call('GET', `r/pulls/${next.number}`)).body.merged).toBe(true);
});

it('lets go of one that is taken out', async () => {
  const pull = await open('leaves');
  await check(pull.head.sha, 'success');
  await github.graphql(enqueue, { id: pull.node_id });
  const answer = await github.graphql(
    'mutation($id: ID!) { dequeuePullRequest(input: { id: $id }) { mergeQueueEntry { id } } }',
    { id: pull.node_id },
  );
  expect(answer.errors).toBeUndefined();
  const refs = await github.call('GET', 'r/git/matching-refs/heads/gh-readonly-queue/');
  expect(refs.body).toEqual([]);
});
