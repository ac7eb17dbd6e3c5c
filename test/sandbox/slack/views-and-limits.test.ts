import { startWorld, type World } from './harness.ts';

const REQUESTS = 'C0REQUESTS';
const TESS = 'U0TENANT01';

describe("forms in the sandbox's Web API", () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const error = async (method: string, args: object) => (await world.call(method, args)).body['error'];

  it('refuses triggers that are invented, used up or too old, and views of an old hash', async () => {
    const view = { type: 'modal', title: { type: 'plain_text', text: 'T' }, blocks: [] };
    expect(await error('views.open', { trigger_id: 'nonsense', view })).toBe('invalid_arguments');
    expect(await error('views.open', { trigger_id: '1.2.abc', view })).toBe('invalid_trigger_id');
    const trigger = world.slack.workspace.newTrigger(TESS, {});
    const { body } = await world.call('views.open', { trigger_id: trigger.id, view });
    const opened = body['view'] as { id: string; hash: string };
    expect(await error('views.open', { trigger_id: trigger.id, view })).toBe('exchanged_trigger_id');
    expect(await error('views.update', { view_id: opened.id, hash: '1.x', view })).toBe('hash_conflict');
    expect(
      (await world.call('views.update', { view_id: opened.id, hash: opened.hash, view })).body['ok'],
    ).toBe(true);
    expect(await error('views.update', { view_id: opened.id, hash: opened.hash, view })).toBe(
      'hash_conflict',
    );
    expect(await error('views.update', { view_id: 'V0NONE', view })).toBe('not_found');
    const push = (more = {}) => world.slack.workspace.newTrigger(TESS, { viewId: opened.id, ...more }).id;
    await world.call('views.push', { trigger_id: push(), view });
    await world.call('views.push', { trigger_id: push(), view });
    expect(await error('views.push', { trigger_id: push(), view })).toBe('push_limit_reached');
    const large = {
      ...view,
      blocks: Array.from({ length: 90 }, () => ({
        type: 'section',
        text: { type: 'mrkdwn', text: 'x'.repeat(2900) },
      })),
    };
    expect(await error('views.update', { view_id: opened.id, view: large })).toBe('view_too_large');
  });

  it('keeps what a person typed when the form is updated', async () => {
    const input = (id: string) => ({
      type: 'input',
      block_id: id,
      label: { type: 'plain_text', text: id },
      element: { type: 'plain_text_input', action_id: 'v' },
    });
    const submit = { type: 'plain_text', text: 'Go' };
    const view = { type: 'modal', title: submit, submit, blocks: [input('a'), input('b')] };
    const trigger = world.slack.workspace.newTrigger(TESS, {});
    const { body } = await world.call('views.open', { trigger_id: trigger.id, view });
    const { id } = body['view'] as { id: string };
    const container = { kind: 'view' as const, view_id: id };
    await world.slack.client.action({ as: TESS, container, block_id: 'a', action_id: 'v', value: 'typed' });
    await world.call('views.update', { view_id: id, view: { ...view, blocks: [input('a'), input('c')] } });
    expect(world.slack.client.views(TESS)[0]?.values).toEqual({ a: { v: 'typed' }, c: { v: null } });
  });
});

describe('limits by time', () => {
  it('lets a trigger live three seconds', async () => {
    let now = Date.now();
    const world = await startWorld({ now: () => now });
    try {
      const trigger = world.slack.workspace.newTrigger(TESS, {});
      now += 3001;
      const view = { type: 'modal', title: { type: 'plain_text', text: 'T' }, blocks: [] };
      expect((await world.call('views.open', { trigger_id: trigger.id, view })).body['error']).toBe(
        'expired_trigger_id',
      );
    } finally {
      await world.close();
    }
  });

  it('answers 429 with Retry-After to too many calls, and to too many posts in one channel', async () => {
    let now = Date.now();
    const world = await startWorld({ now: () => now, limits: { postBurst: 1 } });
    try {
      const post = (channel: string) => world.call('chat.postMessage', { channel, text: 'a' });
      const { ts } = (await post(REQUESTS)).body;
      const refused = await post(REQUESTS);
      expect([refused.status, refused.headers.get('retry-after'), refused.body['error']]).toEqual([
        429,
        '1',
        'ratelimited',
      ]);
      expect((await post('C0GENERAL1')).status).toBe(200);
      now += 1000;
      expect((await post(REQUESTS)).status).toBe(200);
      const update = () => world.call('chat.update', { channel: REQUESTS, ts, text: 'b' });
      for (let count = 0; count < 50; count += 1) expect((await update()).status).toBe(200);
      expect((await update()).status).toBe(429);
      now += 60_001;
      expect((await update()).status).toBe(200);
    } finally {
      await world.close();
    }
  });
});
