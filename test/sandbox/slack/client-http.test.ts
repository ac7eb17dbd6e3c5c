import { startSocketApp, startWorld, until, type World } from './harness.ts';

const TESS = 'U0TENANT01';
const REQUESTS = 'C0REQUESTS';

describe('what the page asks for', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const get = async (path: string) => (await fetch(`${world.url}/client/${path}`)).json();
  const post = async (path: string, body: object) => {
    const response = await fetch(`${world.url}/client/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };

  it('gives people, channels and messages', async () => {
    expect(await get('people')).toHaveLength(7);
    expect(await get(`channels?as=${TESS}`)).toHaveLength(7);
    expect(await get('channels?as=U0GUEST001')).toMatchObject([{ name: 'platform-changes', isMember: true }]);
    expect(
      (await post('message', { as: TESS, channel: REQUESTS, text: 'a <b> & #general' })).body,
    ).toMatchObject({ outcome: 'ok' });
    expect(await get(`messages?as=${TESS}&channel=${REQUESTS}`)).toMatchObject([
      { handle: 'tess', text: 'a &lt;b&gt; &amp; <#C0GENERAL1|general>', isBot: false },
    ]);
    expect(await get(`messages?as=U0GUEST001&channel=${REQUESTS}`)).toEqual([]);
  });

  it('runs commands and forms, and says what is wrong with a request', async () => {
    const app = await startSocketApp(world);
    app.command('/onboard-tenant', async ({ ack, client, command }) => {
      const title = { type: 'plain_text' as const, text: command.text };
      await client.views.open({
        trigger_id: command.trigger_id,
        view: { type: 'modal', title, submit: title, blocks: [] },
      });
      await ack();
    });
    const command = { as: TESS, channel: REQUESTS, command: '/onboard-tenant', text: 'shop' };
    expect((await post('command', command)).body).toEqual({ outcome: 'ok' });
    const [view] = (await get(`views?as=${TESS}`)) as { id: string }[];
    expect(view).toMatchObject({ title: 'shop', submit: 'shop', close: 'Close' });
    expect((await post('close', { as: TESS, view_id: view?.id })).body).toEqual({ outcome: 'ok' });
    expect((await post('submit', { as: TESS, view_id: view?.id })).body).toMatchObject({
      outcome: 'error',
      source: 'client',
    });
    expect((await post('command', { as: TESS })).status).toBe(400);
    expect((await post('dance', {})).status).toBe(404);
    await app.stop();
  });

  it('streams changes to those who see them', async () => {
    const stream = await fetch(`${world.url}/client/stream?as=${TESS}`);
    let heard = '';
    const reading = (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of stream.body ?? []) heard += decoder.decode(chunk);
    })();
    await until(() => heard.includes('open'));
    await world.web.chat.postEphemeral({ channel: REQUESTS, user: 'U0PLATFM01', text: 'not for tess' });
    await world.web.chat.postMessage({ channel: 'C0GENERAL1', text: 'for all' });
    await until(() => heard.includes('changed'));
    expect(heard).toBe(': open\n\nevent: changed\ndata: {"kind":"messages","channel":"C0GENERAL1"}\n\n');
    await world.slack.close();
    await reading;
  });

  it('lets an administrator deactivate people and change groups', async () => {
    await post('arrange', {
      person: { id: TESS, isDeactivated: true },
      group: { id: 'S0APPROVER', users: ['U0APPRVR02'] },
    });
    expect((await post('message', { as: TESS, channel: REQUESTS, text: 'a' })).body).toMatchObject({
      outcome: 'error',
    });
    expect((await world.web.users.info({ user: TESS })).user).toMatchObject({ deleted: true });
    expect((await world.web.usergroups.users.list({ usergroup: 'S0APPROVER' })).users).toEqual([
      'U0APPRVR02',
    ]);
  });
});

describe('an app that loses its sockets in mid-click', () => {
  it('leaves the person with an error, and is there again a little later', async () => {
    const world = await startWorld({ limits: { ackMs: 500 } });
    const app = await startSocketApp(world);
    let slow = true;
    app.command('/trunkline', async ({ ack }) => {
      if (slow) world.slack.cutSockets();
      else await ack();
    });
    const command = { as: TESS, channel: REQUESTS, command: '/trunkline', text: '' };
    expect(await world.slack.client.command(command)).toMatchObject({ outcome: 'timeout' });
    slow = false;
    await until(() => world.slack.socketCount() === 1, 15_000);
    expect(await world.slack.client.command(command)).toEqual({ outcome: 'ok' });
    await app.stop();
    await world.close();
  });
});
