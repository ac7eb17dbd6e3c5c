import type { App } from '@slack/bolt';
import { startSocketApp, startWorld, until, type World } from './harness.ts';

const TESS = 'U0TENANT01';
const REQUESTS = 'C0REQUESTS';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

const form = (title = 'Onboard') => ({
  type: 'modal' as const,
  callback_id: 'onboard',
  title: plain(title),
  submit: plain('Send'),
  private_metadata: 'kept',
  blocks: [
    {
      type: 'input' as const,
      block_id: 'name',
      label: plain('Name'),
      element: { type: 'plain_text_input' as const, action_id: 'value', min_length: 3, max_length: 20 },
    },
    {
      type: 'input' as const,
      block_id: 'size',
      label: plain('Size'),
      element: {
        type: 'static_select' as const,
        action_id: 'value',
        options: [
          { text: plain('Small'), value: 'small' },
          { text: plain('Large'), value: 'large' },
        ],
        initial_option: { text: plain('Small'), value: 'small' },
      },
    },
  ],
});

describe('forms of a Bolt app', () => {
  let world: World;
  let app: App;

  beforeEach(async () => {
    world = await startWorld();
    app = await startSocketApp(world);
  });

  afterEach(async () => {
    await app.stop();
    await world.close();
  });

  it('opens a form, refuses a field, then takes it', async () => {
    app.command('/onboard-tenant', async ({ ack, client, command }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: form() });
    });
    const seen: unknown[] = [];
    app.view('onboard', async ({ ack, view, body }) => {
      seen.push({
        state: view.state.values,
        meta: view.private_metadata,
        hash: view.hash,
        root: view.root_view_id,
        user: body.user.id,
      });
      if (view.state.values['name']?.['value']?.value === 'taken')
        await ack({ response_action: 'errors', errors: { name: 'is taken' } });
      else await ack();
    });
    await world.slack.client.command({ as: TESS, channel: REQUESTS, command: '/onboard-tenant', text: '' });
    const view = await until(() => world.slack.client.views(TESS)[0]);
    const submit = (name: string) =>
      world.slack.client.submit({ as: TESS, view_id: view.id, values: { name: { value: name } } });

    expect(await submit('')).toMatchObject({
      outcome: 'error',
      source: 'client',
      errors: { name: expect.any(String) },
    });
    expect(await submit('ab')).toMatchObject({
      source: 'client',
      errors: { name: 'Please enter at least 3 characters.' },
    });
    expect(seen).toEqual([]);
    expect(await submit('taken')).toEqual({ outcome: 'error', source: 'app', errors: { name: 'is taken' } });
    expect(world.slack.client.views(TESS)[0]).toMatchObject({
      errors: { name: 'is taken' },
      values: { name: { value: 'taken' } },
    });
    expect(await submit('shop')).toEqual({ outcome: 'ok' });
    expect(world.slack.client.views(TESS)).toEqual([]);
    expect(seen[1]).toMatchObject({
      state: {
        name: { value: { type: 'plain_text_input', value: 'shop' } },
        size: {
          value: { type: 'static_select', selected_option: { value: 'small', text: { text: 'Small' } } },
        },
      },
      meta: 'kept',
      root: view.id,
      user: TESS,
    });
  });

  it('updates, pushes and clears by what the acknowledgement says', async () => {
    app.command('/onboard-tenant', async ({ ack, client, command }) => {
      await client.views.open({ trigger_id: command.trigger_id, view: form() });
      await ack();
    });
    const answers = [
      { response_action: 'update' as const, view: { ...form('Preview'), callback_id: 'onboard' } },
      { response_action: 'push' as const, view: { ...form('Above'), callback_id: 'onboard' } },
      { response_action: 'clear' as const },
    ];
    const views: string[] = [];
    app.view('onboard', async ({ ack, view }) => {
      views.push(`${view.title.text} ${view.previous_view_id === null ? 'root' : 'pushed'}`);
      await ack(answers.shift() ?? { response_action: 'clear' });
    });
    await world.slack.client.command({ as: TESS, channel: REQUESTS, command: '/onboard-tenant', text: '' });
    const top = () => world.slack.client.views(TESS).at(-1);
    const submit = () =>
      world.slack.client.submit({ as: TESS, view_id: top()?.id ?? '', values: { name: { value: 'shop' } } });
    await submit();
    expect(top()).toMatchObject({ title: 'Preview', values: { name: { value: 'shop' } } });
    await submit();
    expect(world.slack.client.views(TESS).map((view) => view.title)).toEqual(['Preview', 'Above']);
    await submit();
    expect(world.slack.client.views(TESS)).toEqual([]);
    expect(views).toEqual(['Onboard root', 'Preview root', 'Above pushed']);
  });

  it('gets an action in a form with the whole view, and pushes with its trigger', async () => {
    app.command('/onboard-tenant', async ({ ack, client, command }) => {
      await ack();
      const more = {
        type: 'actions' as const,
        block_id: 'more',
        elements: [{ type: 'button' as const, action_id: 'more', text: plain('More') }],
      };
      await client.views.open({
        trigger_id: command.trigger_id,
        view: { ...form(), blocks: [...form().blocks, more] },
      });
    });
    app.action('more', async ({ ack, body, client }) => {
      await ack();
      if (body.type !== 'block_actions' || !body.view) return;
      const typed = body.view.state.values['name']?.['value']?.value;
      await client.views.push({ trigger_id: body.trigger_id, view: form(`Of ${typed}`) });
    });
    await world.slack.client.command({ as: TESS, channel: REQUESTS, command: '/onboard-tenant', text: '' });
    const view = await until(() => world.slack.client.views(TESS)[0]);
    await world.slack.client.action({
      as: TESS,
      container: { kind: 'view', view_id: view.id },
      block_id: 'more',
      action_id: 'more',
      values: { name: { value: 'shop' } },
    });
    await until(() => world.slack.client.views(TESS)[1]?.title === 'Of shop');
  });

  it('is told of a closed form when it asked for that', async () => {
    app.command('/onboard-tenant', async ({ ack, client, command }) => {
      await client.views.open({ trigger_id: command.trigger_id, view: { ...form(), notify_on_close: true } });
      await ack();
    });
    let closed: boolean | undefined;
    app.view({ callback_id: 'onboard', type: 'view_closed' }, async ({ ack, body }) => {
      closed = body.type === 'view_closed' && body.is_cleared;
      await ack();
    });
    await world.slack.client.command({ as: TESS, channel: REQUESTS, command: '/onboard-tenant', text: '' });
    await world.slack.client.close({ as: TESS, view_id: world.slack.client.views(TESS)[0]?.id ?? '' });
    expect(closed).toBe(false);
    expect(world.slack.client.views(TESS)).toEqual([]);
  });
});
