import type { App } from '@slack/bolt';
import { startSocketApp, startWorld, until, type World } from './harness.ts';

const TESS = 'U0TENANT01';
const REQUESTS = 'C0REQUESTS';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

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
