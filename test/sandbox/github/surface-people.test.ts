import { appToken } from './app-token.ts';
import { startGitHub, type TestGitHub } from './start-github.ts';

let github: TestGitHub;
let app: string;

beforeAll(async () => {
  github = await startGitHub();
  app = await appToken(github);
});

afterAll(() => github.close());
afterEach(async () => {
  await github.site.idle();
  expect(github.problems.splice(0)).toEqual([]);
});

it('knows the organisation, its members and teams', async () => {
  expect((await github.call('GET', '/orgs/sandbox-org')).body.login).toBe('sandbox-org');
  expect((await github.call('GET', '/orgs/sandbox-org/members')).body.length).toBeGreaterThan(3);
  expect((await github.call('GET', '/orgs/sandbox-org/members/pat-platform')).status).toBe(204);
  expect((await github.call('GET', '/orgs/sandbox-org/memberships/pat-platform')).body.state).toBe('active');
  expect((await github.call('GET', '/orgs/sandbox-org/teams')).body).toHaveLength(2);
  const team = '/orgs/sandbox-org/teams/change-approvers';
  expect((await github.call('GET', team)).body.members_count).toBe(2);
  expect(
    (await github.call('GET', `${team}/members`)).body.map((each: { login: string }) => each.login),
  ).toEqual(['ana-approver', 'ben-approver']);
  expect((await github.call('GET', `${team}/memberships/ana-approver`)).body).toMatchObject({
    role: 'member',
    state: 'active',
  });
  expect((await github.call('GET', `${team}/memberships/tess-tenant`)).status).toBe(404);
  expect((await github.call('GET', `${team}/repos`)).body).toHaveLength(1);
  expect((await github.call('GET', 'r/teams')).body).toHaveLength(2);
  expect((await github.call('GET', '/orgs/another')).status).toBe(404);
});

it('tells what somebody may do with the repository', async () => {
  const permission = async (login: string) =>
    (await github.call('GET', `r/collaborators/${login}/permission`)).body;
  expect(await permission('pat-platform')).toMatchObject({ permission: 'write', role_name: 'maintain' });
  expect(await permission('ana-approver')).toMatchObject({ permission: 'write', role_name: 'write' });
  expect(await permission('tess-tenant')).toMatchObject({ permission: 'read', role_name: 'read' });
  expect((await permission('nobody')).message).toBe('nobody is not a user');
  expect((await github.call('GET', 'r/collaborators')).body.length).toBeGreaterThan(3);
  expect((await github.call('GET', 'r/collaborators/pat-platform')).status).toBe(204);
  expect((await github.call('GET', 'r/collaborators', undefined, github.person('tess-tenant'))).status).toBe(
    403,
  );
});

it("knows users, the App's bot among them, and who asks", async () => {
  expect((await github.call('GET', '/users/trunkline%5Bbot%5D')).body).toMatchObject({
    type: 'Bot',
    login: 'trunkline[bot]',
  });
  expect((await github.call('GET', '/users/tess-tenant')).body.id).toBe(5001);
  expect((await github.call('GET', '/user/5001')).body.login).toBe('tess-tenant');
  expect((await github.call('GET', '/users/ghost-writer')).status).toBe(404);
  expect((await github.call('GET', '/user', undefined, github.person('pat-platform'))).body.login).toBe(
    'pat-platform',
  );
  expect((await github.call('GET', '/user')).status).toBe(403);
});

it('counts calls, and tells what is left for nothing', async () => {
  const before = (await github.call('GET', '/rate_limit')).body.resources.core;
  const answer = await github.call('GET', 'r/labels');
  const after = (await github.call('GET', '/rate_limit')).body.resources.core;
  expect(after.used).toBe(before.used + 1);
  expect(answer.headers.get('x-ratelimit-remaining')).toBe(String(after.remaining));
});

it('records deliveries and sends one again on demand, with its old id', async () => {
  await github.call('POST', 'r/labels', { name: 'delivered', color: '00ff00' });
  const [hook] = (await github.newHooks()).filter((each) => each.name === 'label.created');
  const list = await github.call('GET', '/app/hook/deliveries?per_page=1', undefined, app);
  expect(list.body).toMatchObject([
    { event: 'label', action: 'created', status: 'OK', status_code: 200, redelivery: false },
  ]);
  const [delivery] = list.body;
  expect(delivery.guid).toBe(hook?.headers['x-github-delivery']);
  const whole = await github.call('GET', `/app/hook/deliveries/${delivery.id}`, undefined, app);
  expect(whole.body.request.payload.label.name).toBe('delivered');
  expect(
    (await github.call('POST', `/app/hook/deliveries/${delivery.id}/attempts`, undefined, app)).status,
  ).toBe(202);
  const [again] = await github.newHooks();
  expect(again?.headers['x-github-delivery']).toBe(delivery.guid);
  expect(again?.body).toEqual(hook?.body);
  expect((await github.call('GET', '/app/hook/deliveries', undefined, app)).body[0].redelivery).toBe(true);
  expect((await github.call('GET', '/app/hook/deliveries')).status).toBe(401);
  expect((await github.call('GET', '/app/hook/config', undefined, app)).body.content_type).toBe('json');
});

it('keeps lost deliveries on record as failed', async () => {
  github.site.world.options.faults.add({
    service: 'github',
    on: 'delivery',
    match: '^label',
    effect: { kind: 'drop' },
  });
  await github.call('POST', 'r/labels', { name: 'lost', color: '00ff00' });
  expect(await github.newHooks()).toEqual([]);
  const failed = await github.call('GET', '/app/hook/deliveries?status=failure', undefined, app);
  expect(failed.body).toMatchObject([{ event: 'label', action: 'created' }]);
  expect(failed.body[0].status_code).toBeGreaterThanOrEqual(500);
});

it('moves the webhook when the App says so', async () => {
  const { url } = (await github.call('GET', '/app/hook/config', undefined, app)).body;
  const moved = await github.call('PATCH', '/app/hook/config', { url: `${url}?moved` }, app);
  expect(moved.body.url).toBe(`${url}?moved`);
});
