import { Rest } from '../../../sandbox/github/rest.ts';
import { routes } from '../../../sandbox/github/routes.ts';
import { appToken } from './app-token.ts';
import { type Answer, startGitHub, type TestGitHub } from './start-github.ts';

/*
 * Goes once through every route with the right to use it. Each answer is checked against GitHub's OpenAPI
 * description by `call`, each webhook against its schema; here only the status is named.
 */

let github: TestGitHub;
let app: string;
const asked = new Set<unknown>();

/** One call that must end with this status. A path that ends with `!` is asked with the App's own JWT. */
async function ask(
  status: number,
  method: string,
  path: string,
  body?: unknown,
  token?: string,
): Promise<Answer['body']> {
  const own = path.endsWith('!');
  const plain = path.replace(/!$/, '');
  const rest = new Rest(github.site.world, routes);
  asked.add(rest.find(method, plain.replace(/^r(?=\/|$)/, '/repos/sandbox-org/platform'))?.route);
  const answer = await github.call(method, plain, body, own ? app : token);
  if (answer.status !== status)
    throw new Error(
      `${method} ${plain} answered ${answer.status}, not ${status}: ${JSON.stringify(answer.body)}`,
    );
  return answer.body;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

beforeAll(async () => {
  github = await startGitHub();
  app = await appToken(github);
});

afterAll(() => github.close());

afterEach(async () => {
  await github.site.idle();
  expect(github.problems.splice(0)).toEqual([]);
});

it('the App, its installation and its webhook', async () => {
  await ask(200, 'GET', '/app!');
  await ask(200, 'GET', '/apps/trunkline');
  const [installation] = await ask(200, 'GET', '/app/installations!');
  await ask(200, 'GET', `/app/installations/${installation.id}!`);
  await ask(200, 'GET', 'r/installation!');
  await ask(200, 'GET', '/orgs/sandbox-org/installation!');
  const { token } = await ask(201, 'POST', `/app/installations/${installation.id}/access_tokens!`);
  await ask(200, 'GET', '/installation/repositories', undefined, token);
  await ask(204, 'DELETE', '/installation/token', undefined, token);
  await ask(401, 'GET', '/installation/repositories', undefined, token);
  await ask(200, 'GET', '/app/hook/config!');
  await ask(200, 'PATCH', '/app/hook/config!', {});
  await ask(201, 'POST', 'r/labels', { name: 'first', color: '123456' });
  await github.site.idle();
  const [delivery] = await ask(200, 'GET', '/app/hook/deliveries!');
  await ask(200, 'GET', `/app/hook/deliveries/${delivery.id}!`);
  await ask(202, 'POST', `/app/hook/deliveries/${delivery.id}/attempts!`);
});

it('the repository, its people and its organisation', async () => {
  await ask(200, 'GET', 'r');
  await ask(200, 'GET', 'r/branches');
  await ask(200, 'GET', 'r/branches/main');
  await ask(200, 'GET', 'r/tags');
  await ask(200, 'GET', 'r/activity');
  await ask(200, 'GET', 'r/teams');
  await ask(200, 'GET', 'r/assignees');
  await ask(204, 'GET', 'r/assignees/pat-platform');
  await ask(200, 'GET', 'r/collaborators');
  await ask(204, 'GET', 'r/collaborators/pat-platform');
  await ask(200, 'GET', 'r/collaborators/pat-platform/permission');
  await ask(200, 'GET', 'r/codeowners/errors');
  await ask(200, 'GET', '/orgs/sandbox-org');
  await ask(200, 'GET', '/orgs/sandbox-org/members');
  await ask(204, 'GET', '/orgs/sandbox-org/members/pat-platform');
  await ask(200, 'GET', '/orgs/sandbox-org/memberships/pat-platform');
  await ask(200, 'GET', '/orgs/sandbox-org/teams');
  await ask(200, 'GET', '/orgs/sandbox-org/teams/platform');
  await ask(200, 'GET', '/orgs/sandbox-org/teams/platform/members');
  await ask(200, 'GET', '/orgs/sandbox-org/teams/platform/memberships/pat-platform');
  await ask(200, 'GET', '/orgs/sandbox-org/teams/platform/repos');
  await ask(200, 'GET', '/users/pat-platform');
  await ask(200, 'GET', '/user/5002');
  await ask(200, 'GET', '/user', undefined, github.person('pat-platform'));
  await ask(200, 'GET', '/rate_limit');
});

it('git objects, refs and contents', async () => {
  const main = (await ask(200, 'GET', 'r/git/ref/heads/main')).object.sha;
  const commit = await ask(200, 'GET', `r/git/commits/${main}`);
  const tree = await ask(200, 'GET', `r/git/trees/${commit.tree.sha}?recursive=1`);
  const file = tree.tree.find((entry: { type: string }) => entry.type === 'blob');
  await ask(200, 'GET', `r/git/blobs/${file.sha}`);
  const blob = await ask(201, 'POST', 'r/git/blobs', { content: 'hello\n' });
  const made = await ask(201, 'POST', 'r/git/trees', {
    base_tree: commit.tree.sha,
    tree: [{ path: 'hello.txt', mode: '100644', type: 'blob', sha: blob.sha }],
  });
  const next = await ask(201, 'POST', 'r/git/commits', {
    message: 'feat: hello',
    tree: made.sha,
    parents: [main],
  });
  await ask(201, 'POST', 'r/git/refs', { ref: 'refs/heads/topic', sha: main });
  await ask(200, 'PATCH', 'r/git/refs/heads/topic', { sha: next.sha });
  await ask(200, 'GET', 'r/git/matching-refs/heads/to');
  const tag = await ask(201, 'POST', 'r/git/tags', {
    tag: 'v0.1.0',
    message: 'first',
    object: main,
    type: 'commit',
  });
  await ask(200, 'GET', `r/git/tags/${tag.sha}`);
  await ask(201, 'POST', 'r/git/refs', { ref: 'refs/tags/v0.1.0', sha: tag.sha });
  await ask(201, 'POST', 'r/git/refs', { ref: 'refs/heads/gone', sha: main });
  await ask(204, 'DELETE', 'r/git/refs/heads/gone');
  await ask(200, 'GET', 'r/contents');
  const readme = await ask(200, 'GET', 'r/contents/README.md');
  await ask(200, 'GET', 'r/contents/docs');
  await ask(201, 'PUT', 'r/contents/docs/more.md', {
    message: 'docs: more',
    content: base64('more\n'),
    branch: 'topic',
  });
  await ask(200, 'PUT', 'r/contents/README.md', {
    message: 'docs: new',
    content: base64('new\n'),
    branch: 'topic',
    sha: readme.sha,
  });
  const more = await ask(200, 'GET', 'r/contents/docs/more.md?ref=topic');
  await ask(200, 'DELETE', 'r/contents/docs/more.md', {
    message: 'docs: less',
    branch: 'topic',
    sha: more.sha,
  });
  await ask(200, 'GET', 'r/commits');
  await ask(200, 'GET', 'r/commits/topic');
  await ask(200, 'GET', 'r/compare/main...topic');
  await ask(200, 'GET', 'r/tags');
});

it('pull requests, reviews and merges', async () => {
  const pat = github.person('pat-platform');
  const { number, head } = await ask(201, 'POST', 'r/pulls', {
    title: 'feat: topic',
    head: 'topic',
    base: 'main',
    body: 'b',
  });
  const one = `r/pulls/${number}`;
  await ask(200, 'GET', 'r/pulls?state=all');
  await ask(200, 'GET', one);
  await ask(200, 'PATCH', one, { title: 'feat: the topic' });
  await ask(200, 'GET', `${one}/files`);
  await ask(200, 'GET', `${one}/commits`);
  await ask(404, 'GET', `${one}/merge`);
  await ask(200, 'GET', `r/commits/${head.sha}/pulls`);
  await ask(201, 'POST', `${one}/requested_reviewers`, {
    reviewers: ['pat-platform'],
    team_reviewers: ['platform'],
  });
  await ask(200, 'GET', `${one}/requested_reviewers`);
  await ask(200, 'DELETE', `${one}/requested_reviewers`, { reviewers: [], team_reviewers: ['platform'] });
  const pending = await ask(200, 'POST', `${one}/reviews`, { body: 'looking' }, pat);
  await ask(200, 'POST', `${one}/reviews/${pending.id}/events`, { event: 'APPROVE', body: 'fine' }, pat);
  await ask(200, 'GET', `${one}/reviews`);
  await ask(200, 'GET', `${one}/reviews/${pending.id}`);
  await ask(200, 'PUT', `${one}/reviews/${pending.id}/dismissals`, { message: 'not yet' }, pat);
  await ask(201, 'POST', `r/issues/${number}/comments`, { body: 'hello' });
  await ask(201, 'POST', 'r/git/refs', {
    ref: 'refs/heads/other',
    sha: (await ask(200, 'GET', 'r/git/ref/heads/main')).object.sha,
  });
  await ask(201, 'PUT', 'r/contents/other.txt', {
    message: 'feat: other',
    content: base64('o\n'),
    branch: 'other',
  });
  const second = await ask(201, 'POST', 'r/pulls', { title: 'feat: other', head: 'other', base: 'main' });
  await ask(200, 'PUT', `r/pulls/${second.number}/merge`, { merge_method: 'squash' });
  await ask(202, 'PUT', `${one}/update-branch`, {});
  await ask(200, 'PATCH', one, { state: 'closed' });
  await ask(200, 'PATCH', one, { state: 'open' });
  await ask(409, 'PUT', `${one}/merge`, { sha: 'a'.repeat(40) });
  await ask(200, 'PUT', `${one}/merge`, { merge_method: 'merge' });
  await ask(204, 'GET', `${one}/merge`);
  await ask(405, 'PUT', `${one}/merge`, {});
});

it('rulesets', async () => {
  const admin = github.site.world.tokens.issue({
    metadata: 'read',
    administration: 'write',
    contents: 'write',
  }).token;
  const rules = [
    { type: 'deletion' },
    {
      type: 'required_status_checks',
      parameters: {
        strict_required_status_checks_policy: false,
        required_status_checks: [{ context: 'change-approval', integration_id: 1001 }],
      },
    },
  ];
  const input = {
    name: 'main',
    target: 'branch',
    enforcement: 'active',
    conditions: { ref_name: { include: ['refs/heads/guarded'], exclude: [] } },
    bypass_actors: [{ actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' }],
    rules,
  };
  const made = await ask(201, 'POST', 'r/rulesets', input, admin);
  await ask(200, 'GET', 'r/rulesets', undefined, admin);
  await ask(200, 'GET', `r/rulesets/${made.id}`, undefined, admin);
  await ask(200, 'PUT', `r/rulesets/${made.id}`, { ...input, name: 'guarded' }, admin);
  await ask(200, 'GET', 'r/rules/branches/guarded');
  await ask(204, 'DELETE', `r/rulesets/${made.id}`, undefined, admin);
});

it('issues, comments and labels', async () => {
  const { number } = await ask(201, 'POST', 'r/issues', { title: 'One', labels: ['first'] });
  const one = `r/issues/${number}`;
  await ask(200, 'GET', 'r/issues?state=all');
  await ask(200, 'GET', one);
  await ask(200, 'PATCH', one, { body: 'more' });
  await ask(204, 'PUT', `${one}/lock`, {});
  await ask(204, 'DELETE', `${one}/lock`);
  await ask(201, 'POST', `${one}/assignees`, { assignees: ['pat-platform'] });
  await ask(200, 'DELETE', `${one}/assignees`, { assignees: ['pat-platform'] });
  const comment = await ask(201, 'POST', `${one}/comments`, { body: 'hello' });
  await ask(200, 'GET', `${one}/comments`);
  await ask(200, 'GET', 'r/issues/comments');
  await ask(200, 'GET', `r/issues/comments/${comment.id}`);
  await ask(200, 'PATCH', `r/issues/comments/${comment.id}`, { body: 'changed' });
  await ask(204, 'DELETE', `r/issues/comments/${comment.id}`);
  await ask(200, 'GET', 'r/labels');
  await ask(200, 'GET', 'r/labels/first');
  await ask(200, 'PATCH', 'r/labels/first', { description: 'The first' });
  await ask(200, 'GET', `${one}/labels`);
  await ask(200, 'POST', `${one}/labels`, { labels: ['second'] });
  await ask(200, 'PUT', `${one}/labels`, { labels: ['first', 'second'] });
  await ask(200, 'DELETE', `${one}/labels/second`);
  await ask(204, 'DELETE', `${one}/labels`);
  await ask(204, 'DELETE', 'r/labels/second');
  await ask(404, 'GET', 'r/issues/999');
  await ask(422, 'POST', 'r/issues', { title: '' });
});

it('checks and statuses', async () => {
  const all = github.site.world.tokens.issue({ metadata: 'read', statuses: 'write', checks: 'write' }).token;
  const { sha } = await ask(200, 'GET', 'r/commits/main');
  const run = await ask(201, 'POST', 'r/check-runs', { name: 'change-approval', head_sha: sha });
  const one = `r/check-runs/${run.id}`;
  await ask(200, 'PATCH', one, { conclusion: 'success' });
  await ask(200, 'GET', one);
  await ask(200, 'GET', `${one}/annotations`);
  await ask(201, 'POST', `${one}/rerequest`);
  await ask(200, 'GET', 'r/commits/main/check-runs');
  const { check_suites: suites } = await ask(200, 'GET', 'r/commits/main/check-suites');
  await ask(201, 'POST', 'r/check-suites', { head_sha: sha });
  await ask(200, 'GET', `r/check-suites/${suites[0].id}`);
  await ask(200, 'GET', `r/check-suites/${suites[0].id}/check-runs`);
  await ask(201, 'POST', `r/check-suites/${suites[0].id}/rerequest`);
  await ask(201, 'POST', `r/statuses/${sha}`, { state: 'success', context: 'ci' }, all);
  await ask(200, 'GET', 'r/commits/main/statuses', undefined, all);
  await ask(200, 'GET', 'r/commits/main/status', undefined, all);
});

it('releases and deployments', async () => {
  const made = await ask(201, 'POST', 'r/releases', { tag_name: 'v1.0.0', name: 'One', body: 'First' });
  const one = `r/releases/${made.id}`;
  await ask(200, 'POST', 'r/releases/generate-notes', { tag_name: 'v1.1.0', previous_tag_name: 'v1.0.0' });
  await ask(200, 'GET', 'r/releases');
  await ask(200, 'GET', 'r/releases/latest');
  await ask(200, 'GET', 'r/releases/tags/v1.0.0');
  await ask(200, 'GET', one);
  await ask(200, 'PATCH', one, { body: 'Changed' });
  await ask(200, 'GET', `${one}/assets`);
  const deployment = await ask(201, 'POST', 'r/deployments', {
    ref: 'v1.0.0',
    auto_merge: false,
    required_contexts: [],
  });
  const deployed = `r/deployments/${deployment.id}`;
  await ask(200, 'GET', 'r/deployments');
  await ask(200, 'GET', deployed);
  const status = await ask(201, 'POST', `${deployed}/statuses`, {
    state: 'in_progress',
    description: 'on its way',
  });
  await ask(200, 'GET', `${deployed}/statuses`);
  await ask(200, 'GET', `${deployed}/statuses/${status.id}`);
  await ask(204, 'DELETE', deployed);
  await ask(204, 'DELETE', one);
});

it('leaves no route out', () => {
  const theirs = routes.filter((route) => !route.path.startsWith('/_sandbox/'));
  const left = theirs.filter((route) => !asked.has(route)).map((route) => `${route.method} ${route.path}`);
  expect(left).toEqual([]);
});

it('has sent every webhook that these changes call for', () => {
  const sent = new Set(github.hooks.map((hook) => hook.name));
  const wanted = [
    'push',
    'create',
    'delete',
    'status',
    'label.created',
    'label.edited',
    'label.deleted',
    'pull_request.opened',
    'pull_request.edited',
    'pull_request.synchronize',
    'pull_request.closed',
    'pull_request.reopened',
    'pull_request.review_requested',
    'pull_request.review_request_removed',
    'pull_request_review.submitted',
    'pull_request_review.dismissed',
    'issues.opened',
    'issues.edited',
    'issues.labeled',
    'issues.unlabeled',
    'issues.assigned',
    'issues.locked',
    'issue_comment.created',
    'issue_comment.edited',
    'issue_comment.deleted',
    'check_run.created',
    'check_run.completed',
    'check_suite.requested',
    'check_suite.completed',
    'release.published',
    'release.edited',
    'release.deleted',
    'deployment.created',
    'deployment_status.created',
    'repository_ruleset.created',
    'repository_ruleset.edited',
    'repository_ruleset.deleted',
  ];
  const events = new Set(github.site.world.state.app.events);
  const missing = wanted.filter((name) => events.has(name.split('.')[0] ?? '') && !sent.has(name));
  expect(missing).toEqual([]);
});
