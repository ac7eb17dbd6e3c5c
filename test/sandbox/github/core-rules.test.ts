import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { endCleanly } from './core-end.ts';
import { startGitHub, type TestGitHub } from './start-github.ts';

const run = promisify(execFile);
let github: TestGitHub;
let folder: string;

beforeEach(async () => {
  github = await startGitHub({ roles: { 'olli-oncall': 'admin' } });
  folder = await mkdtemp(join(tmpdir(), 'sandbox-clone-'));
}, 30_000);

afterEach(async () => {
  await endCleanly(github);
  await rm(folder, { recursive: true });
});

const remote = (login?: string): string => {
  const url = new URL(`${github.url}/git/sandbox-org/platform.git`);
  if (login) Object.assign(url, { username: login, password: github.person(login) });
  return url.href;
};

async function git(...args: string[]): Promise<string> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
  };
  const who = ['-c', 'user.name=Pat', '-c', 'user.email=pat@sandbox.example'];
  const { stdout, stderr } = await run('git', [...who, ...args], { cwd: folder, env });
  return stdout + stderr;
}

async function commit(name: string): Promise<void> {
  await writeFile(join(folder, name), `${name}\n`);
  await git('add', name);
  await git('commit', '--quiet', '-m', `add ${name}`);
}

const refused = (promise: Promise<string>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: { stderr: string }) => error.stderr,
  );

async function rule(
  target: 'branch' | 'tag',
  include: string[],
  rules: unknown[],
  bypass: unknown[] = [],
): Promise<void> {
  const conditions = { ref_name: { include, exclude: [] } };
  const body = {
    name: `${target}s`,
    target,
    enforcement: 'active',
    conditions,
    rules,
    bypass_actors: bypass,
  };
  expect((await github.call('POST', 'r/rulesets', body, github.person('olli-oncall'))).status).toBe(201);
}

describe('git', () => {
  it('clones without a token, pushes with one, and every push has its consequences', async () => {
    await git('clone', '--quiet', remote(), '.');
    await git('checkout', '--quiet', '-b', 'feature');
    await commit('one.txt');
    expect(await refused(git('push', remote(), 'feature'))).toMatch(/could not read Username|Authentication/);
    expect(await refused(git('push', remote('tess-tenant'), 'feature'))).toMatch(/403/);
    await git('push', '--quiet', remote('pat-platform'), 'feature');
    const number = (await github.call('POST', 'r/pulls', { title: 't', head: 'feature', base: 'main' })).body
      .number;
    await github.newHooks();
    await commit('two.txt');
    await git('push', '--quiet', remote('pat-platform'), 'feature');
    const head = (await git('rev-parse', 'HEAD')).trim();
    expect((await github.call('GET', `r/pulls/${number}`)).body.head.sha).toBe(head);
    const hooks = await github.newHooks();
    const names = hooks.map((hook) => hook.name);
    expect(names).toEqual(expect.arrayContaining(['pull_request.synchronize', 'push']));
    const push = hooks.find((hook) => hook.name === 'push')?.body;
    expect(push).toMatchObject({ ref: 'refs/heads/feature', after: head, pusher: { name: 'pat-platform' } });
    expect(push.commits[0].added).toEqual(['two.txt']);
    expect((await github.call('GET', 'r/activity?ref=feature')).body[0].actor.login).toBe('pat-platform');
    await git('push', '--quiet', remote('pat-platform'), 'HEAD:refs/heads/main');
    expect((await github.call('GET', `r/pulls/${number}`)).body).toMatchObject({
      merged: true,
      state: 'closed',
    });
    await git('fetch', '--quiet', remote(), `refs/pull/${number}/head`);
    await git('push', '--quiet', remote('pat-platform'), ':feature');
    expect((await github.call('GET', 'r/branches/feature')).status).toBe(404);
  });
});

describe('a protected branch', () => {
  const checks = {
    strict_required_status_checks_policy: false,
    required_status_checks: [{ context: 'change-approval', integration_id: 1001 }],
  };
  const reviews = {
    required_approving_review_count: 1,
    dismiss_stale_reviews_on_push: true,
    require_code_owner_review: false,
    require_last_push_approval: false,
    required_review_thread_resolution: false,
  };
  const all = [
    { type: 'deletion' },
    { type: 'non_fast_forward' },
    { type: 'pull_request', parameters: reviews },
    { type: 'required_status_checks', parameters: checks },
  ];

  it('takes nothing but merges of what is reviewed and green for the pinned App', async () => {
    await rule('branch', ['~DEFAULT_BRANCH'], all);
    const rules = await github.call('GET', 'r/rules/branches/main');
    expect(rules.body.map((each: { type: string }) => each.type)).toEqual(all.map((each) => each.type));
    await git('clone', '--quiet', remote(), '.');
    await commit('one.txt');
    expect(await refused(git('push', remote('pat-platform'), 'HEAD:main'))).toMatch(
      /Changes must be made through a pull request/,
    );
    const head = (await git('rev-parse', 'HEAD')).trim();
    await git('push', '--quiet', remote('pat-platform'), 'HEAD:refs/heads/one');
    expect((await github.call('PATCH', 'r/git/refs/heads/main', { sha: head })).status).toBe(422);
    const number = (await github.call('POST', 'r/pulls', { title: 't', head: 'one', base: 'main' })).body
      .number;
    const merge = () => github.call('PUT', `r/pulls/${number}/merge`, { merge_method: 'squash', sha: head });
    const tess = await github.call(
      'POST',
      `r/pulls/${number}/reviews`,
      { event: 'APPROVE' },
      github.person('tess-tenant'),
    );
    expect(tess.status).toBe(200);
    expect((await merge()).body.message).toMatch(/At least 1 approving review is required/);
    await github.call(
      'POST',
      `r/pulls/${number}/reviews`,
      { event: 'APPROVE' },
      github.person('ana-approver'),
    );
    expect((await merge()).body.message).toMatch(/Required status check "change-approval" is expected/);
    const { state } = github.site.world;
    state.statuses.push({
      id: 1,
      sha: head,
      context: 'change-approval',
      state: 'success',
      description: null,
      targetUrl: null,
      creator: 'pat-platform',
      createdAt: '2026-01-01T00:00:00Z',
      updatedAt: '2026-01-01T00:00:00Z',
    });
    expect((await merge()).status).toBe(405);
    expect((await github.call('GET', `r/pulls/${number}`)).body.mergeable_state).toBe('blocked');
    await github.call('POST', 'r/check-runs', {
      name: 'change-approval',
      head_sha: head,
      conclusion: 'success',
      status: 'completed',
    });
    expect((await merge()).status).toBe(200);
  });

  it('loses stale approvals with a new head', async () => {
    await rule('branch', ['~DEFAULT_BRANCH'], all);
    await git('clone', '--quiet', remote(), '.');
    await commit('one.txt');
    await git('push', '--quiet', remote('pat-platform'), 'HEAD:refs/heads/one');
    const number = (await github.call('POST', 'r/pulls', { title: 't', head: 'one', base: 'main' })).body
      .number;
    await github.call(
      'POST',
      `r/pulls/${number}/reviews`,
      { event: 'APPROVE' },
      github.person('ana-approver'),
    );
    await commit('two.txt');
    await git('push', '--quiet', remote('pat-platform'), 'HEAD:refs/heads/one');
    expect((await github.call('GET', `r/pulls/${number}/reviews`)).body[0].state).toBe('DISMISSED');
  });

  it('lets those pass who may bypass', async () => {
    await rule('branch', ['refs/heads/rel*'], all, [
      { actor_id: 6001, actor_type: 'Team', bypass_mode: 'always' },
    ]);
    await git('clone', '--quiet', remote(), '.');
    expect(await refused(git('push', remote('ana-approver'), 'HEAD:refs/heads/release'))).toMatch(
      /rule violations/,
    );
    await git('push', '--quiet', remote('pat-platform'), 'HEAD:refs/heads/release');
    await git('push', '--quiet', remote('ana-approver'), 'HEAD:refs/heads/other');
  });
});

describe('protected tags', () => {
  it('can be made, but neither moved nor deleted, by any way', async () => {
    await rule('tag', ['refs/tags/v*'], [{ type: 'update' }, { type: 'deletion' }]);
    await git('clone', '--quiet', remote(), '.');
    await git('push', '--quiet', remote('pat-platform'), 'HEAD:refs/tags/v1.0.0');
    await commit('one.txt');
    expect(await refused(git('push', '--force', remote('pat-platform'), 'HEAD:refs/tags/v1.0.0'))).toMatch(
      /Cannot update this protected ref/,
    );
    expect(await refused(git('push', remote('pat-platform'), ':refs/tags/v1.0.0'))).toMatch(
      /Cannot delete this protected ref/,
    );
    expect((await github.call('DELETE', 'r/git/refs/tags/v1.0.0')).status).toBe(422);
    await git('push', '--quiet', '--force', remote('pat-platform'), 'HEAD:refs/tags/w1');
  });
});

describe('a branch without force pushes', () => {
  it('takes new commits only', async () => {
    await rule('branch', ['~ALL'], [{ type: 'non_fast_forward' }, { type: 'required_linear_history' }]);
    await git('clone', '--quiet', remote(), '.');
    await commit('one.txt');
    await git('push', '--quiet', remote('pat-platform'), 'HEAD:main');
    await git('commit', '--quiet', '--amend', '-m', 'other');
    expect(await refused(git('push', '--force', remote('pat-platform'), 'HEAD:main'))).toMatch(
      /Cannot force-push/,
    );
  });
});
