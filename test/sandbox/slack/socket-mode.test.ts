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

describe('a Bolt app in Socket Mode', () => {
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

  it('gets a slash command with all its fields and answers the person alone', async () => {
    let got: object = {};
    app.command('/trunkline', async ({ ack, command }) => {
      got = command;
      await ack('here is help');
    });
    const outcome = await world.slack.client.command({
      as: TESS,
      channel: REQUESTS,
      command: '/trunkline',
      text: ' help ',
    });
    expect(outcome).toMatchObject({ outcome: 'ok', message: 'here is help' });
    expect(got).toMatchObject({
      command: '/trunkline',
      text: 'help',
      user_id: TESS,
      user_name: 'tess',
      channel_name: 'platform-requests',
    });
    expect(world.slack.client.messages(TESS, REQUESTS)).toMatchObject([
      { text: 'here is help', ephemeral: true },
    ]);
    expect(world.slack.client.messages('U0PLATFM01', REQUESTS)).toEqual([]);
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

  it('gets a pressed button with its message, and replaces that by response_url', async () => {
    const posted = await world.web.chat.postMessage({
      channel: 'C0CHANGES1',
      text: 'A change waits',
      metadata: { event_type: 'change', event_payload: { id: 7 } },
      blocks: [
        {
          type: 'actions',
          block_id: 'b',
          elements: [{ type: 'button', action_id: 'approve', text: plain('Approve'), value: '7' }],
        },
      ],
    });
    let got: unknown;
    app.action('approve', async ({ ack, body, respond }) => {
      got = body;
      await ack();
      await respond({ replace_original: true, text: 'Approved' });
    });
    const container = { kind: 'message' as const, channel: 'C0CHANGES1', ts: String(posted.ts) };
    const outcome = await world.slack.client.action({
      as: 'U0APPRVR01',
      container,
      block_id: 'b',
      action_id: 'approve',
    });
    expect(outcome).toEqual({ outcome: 'ok' });
    expect(got).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0APPRVR01', username: 'ana' },
      container: { type: 'message', message_ts: posted.ts, channel_id: 'C0CHANGES1', is_ephemeral: false },
      channel: { id: 'C0CHANGES1', name: 'platform-changes' },
      message: { ts: posted.ts, bot_id: 'B0TRUNKLIN', text: 'A change waits' },
      actions: [
        { type: 'button', action_id: 'approve', block_id: 'b', value: '7', text: { text: 'Approve' } },
      ],
    });
    await until(() => world.slack.client.messages(TESS, 'C0CHANGES1')[0]?.text === 'Approved');
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

  it('hears mentions, direct messages and visits of its home', async () => {
    const heard: string[] = [];
    app.event('app_mention', async ({ event }) => void heard.push(`mention ${event.text}`));
    app.message(
      async ({ message }) =>
        void heard.push(`${message.channel_type} ${'text' in message ? message.text : ''}`),
    );
    app.event('app_home_opened', async ({ event, client }) => {
      heard.push(`home ${event.tab}`);
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: [{ type: 'divider' }] },
      });
    });
    const dm = await world.slack.client.openDm({ as: TESS });
    await world.slack.client.message({ as: TESS, channel: REQUESTS, text: 'hi @trunkline <!channel>' });
    await world.slack.client.message({ as: TESS, channel: dm.channel ?? '', text: 'hello' });
    await world.slack.client.openHome({ as: TESS });
    await until(() => world.slack.client.home(TESS) !== null);
    await until(() => heard.length === 3);
    expect(heard.sort()).toEqual(['home home', 'im hello', 'mention hi <@U0TRUNKLIN> &lt;!channel&gt;']);
  });

  it('serves the options of an external select', async () => {
    await world.web.chat.postMessage({
      channel: REQUESTS,
      text: 'Choose',
      blocks: [
        {
          type: 'actions',
          block_id: 'b',
          elements: [{ type: 'external_select', action_id: 'pick', min_query_length: 0 }],
        },
      ],
    });
    app.options('pick', async ({ ack, options }) =>
      ack({ options: [{ text: plain(`Like ${options.value}`), value: 'x' }] }),
    );
    let chosen: unknown;
    app.action('pick', async ({ ack, action }) => {
      chosen = action;
      await ack();
    });
    const ts = world.slack.client.messages(TESS, REQUESTS)[0]?.ts ?? '';
    const at = {
      as: TESS,
      container: { kind: 'message' as const, channel: REQUESTS, ts },
      block_id: 'b',
      action_id: 'pick',
    };
    expect(await world.slack.client.options({ ...at, query: 'sh' })).toMatchObject({
      outcome: 'ok',
      options: [{ value: 'x' }],
    });
    expect(await world.slack.client.action({ ...at, value: 'y' })).toMatchObject({
      outcome: 'error',
      source: 'client',
    });
    expect(await world.slack.client.action({ ...at, value: 'x' })).toEqual({ outcome: 'ok' });
    expect(chosen).toMatchObject({
      type: 'external_select',
      selected_option: { value: 'x', text: { text: 'Like sh' } },
    });
  });
});
