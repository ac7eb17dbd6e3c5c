import { startWorld, type World } from './harness.ts';

const REQUESTS = 'C0REQUESTS';
const TESS = 'U0TENANT01';
const divider = { type: 'divider' };

describe("the sandbox's Web API", () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const error = async (method: string, args: object) => (await world.call(method, args)).body['error'];

  it('says who the bot is, and with which scopes', async () => {
    const { headers, body } = await world.call('auth.test');
    expect(body).toMatchObject({
      ok: true,
      team_id: 'T0SANDBOX1',
      user_id: 'U0TRUNKLIN',
      bot_id: 'B0TRUNKLIN',
    });
    expect(headers.get('x-oauth-scopes')).toContain('chat:write');
  });

  it('refuses strangers, wrong tokens and unknown methods', async () => {
    expect((await world.call('auth.test', {}, '')).body['error']).toBe('not_authed');
    expect((await world.call('auth.test', {}, 'xoxb-wrong')).body['error']).toBe('invalid_auth');
    expect((await world.call('auth.test', {}, world.slack.tokens.app)).body['error']).toBe(
      'not_allowed_token_type',
    );
    expect((await world.call('apps.connections.open')).body['error']).toBe('not_allowed_token_type');
    expect(await error('chat.shout', {})).toBe('unknown_method');
  });

  it('names the scope that is missing', async () => {
    const poor = await startWorld({ scopes: ['chat:write'] });
    try {
      const { body } = await poor.call('conversations.history', { channel: REQUESTS });
      expect(body).toMatchObject({
        ok: false,
        error: 'missing_scope',
        needed: 'channels:history',
        provided: 'chat:write',
      });
    } finally {
      await poor.close();
    }
  });

  it('takes forms, with blocks and metadata as JSON text, as the real client sends them', async () => {
    const metadata = {
      event_type: 'request',
      event_payload: { id: 'r1', tries: 2, done: false },
    };
    const posted = await world.web.chat.postMessage({
      channel: '#platform-requests',
      text: 'hi',
      blocks: [divider],
      metadata,
    });
    expect(posted).toMatchObject({
      ok: true,
      channel: REQUESTS,
      message: { metadata, bot_id: 'B0TRUNKLIN', app_id: 'A0TRUNKLIN' },
    });
    const history = await world.web.conversations.history({ channel: REQUESTS, include_all_metadata: true });
    expect(history.messages).toMatchObject([{ ts: posted.ts, metadata }]);
    expect(
      (await world.web.conversations.history({ channel: REQUESTS })).messages?.[0]?.metadata,
    ).toBeUndefined();
  });

  it('refuses messages as Slack does', async () => {
    expect(await error('chat.postMessage', { channel: REQUESTS })).toBe('no_text');
    expect(await error('chat.postMessage', { text: 'a' })).toBe('invalid_arguments');
    expect(await error('chat.postMessage', { channel: 'C0NOWHERE1', text: 'a' })).toBe('channel_not_found');
    expect(await error('chat.postMessage', { channel: 'C0TEAMTESS', text: 'a' })).toBe('not_in_channel');
    expect(await error('chat.postMessage', { channel: REQUESTS, text: 'x'.repeat(40_001) })).toBe(
      'msg_too_long',
    );
    expect(await error('chat.postMessage', { channel: REQUESTS, text: 'a', thread_ts: '1.000000' })).toBe(
      'thread_not_found',
    );
    expect(await error('chat.postMessage', { channel: REQUESTS, text: 'a', blocks: '{' })).toBe(
      'invalid_blocks_format',
    );
    expect(
      await error('chat.postMessage', { channel: REQUESTS, text: 'a', metadata: { event_type: 'a' } }),
    ).toBe('invalid_metadata_format');
    const deep = { event_type: 'a', event_payload: { a: { b: { c: 1 } } } };
    expect(await error('chat.postMessage', { channel: REQUESTS, text: 'a', metadata: deep })).toBe(
      'invalid_metadata_schema',
    );
    const fat = Array.from({ length: 5 }, () => ({
      type: 'section',
      text: { type: 'mrkdwn', text: 'x'.repeat(2700) },
    }));
    expect(await error('chat.postMessage', { channel: REQUESTS, text: 'a', blocks: fat })).toBe(
      'msg_blocks_too_long',
    );
    const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] };
    expect(await error('chat.postMessage', { channel: REQUESTS, text: 'a', blocks: [table, table] })).toBe(
      'invalid_attachments',
    );
    const { body } = await world.call('chat.postMessage', {
      channel: REQUESTS,
      text: 'a',
      blocks: [{ type: 'header' }],
    });
    expect(body).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors: ['missing required field: text [json-pointer:/blocks/0]'],
      response_metadata: { messages: ['[ERROR] missing required field: text [json-pointer:/blocks/0]'] },
    });
  });

  it('opens the direct message when a person is written to', async () => {
    const posted = await world.web.chat.postMessage({ channel: TESS, text: 'for you' });
    expect(posted.channel).toMatch(/^D/);
    expect(world.slack.client.dms(TESS)).toMatchObject([{ id: posted.channel, user: 'U0TRUNKLIN' }]);
    expect(world.slack.client.messages(TESS, String(posted.channel))).toMatchObject([{ text: 'for you' }]);
    expect(await world.web.conversations.open({ users: TESS })).toMatchObject({
      already_open: true,
      channel: { id: posted.channel },
    });
  });

  it('updates its own messages only; text alone takes the blocks away, metadata stays', async () => {
    const metadata = { event_type: 'a', event_payload: { id: 1 } };
    const { ts } = await world.web.chat.postMessage({
      channel: REQUESTS,
      text: 'one',
      blocks: [divider],
      metadata,
    });
    expect(await world.web.chat.update({ channel: REQUESTS, ts: String(ts), text: 'two' })).toMatchObject({
      text: 'two',
      message: { edited: { user: 'U0TRUNKLIN' }, metadata },
    });
    expect(world.slack.client.messages(TESS, REQUESTS)).toMatchObject([
      { text: 'two', blocks: [], edited: true },
    ]);
    expect(await error('chat.update', { channel: REQUESTS, ts, text: 'x'.repeat(4001) })).toBe(
      'msg_too_long',
    );
    expect(await error('chat.update', { channel: REQUESTS, ts: '1.000000', text: 'a' })).toBe(
      'message_not_found',
    );
    const own = await world.slack.client.message({ as: TESS, channel: REQUESTS, text: 'mine' });
    expect(await error('chat.update', { channel: REQUESTS, ts: own.ts, text: 'a' })).toBe(
      'cant_update_message',
    );
    expect(await error('chat.delete', { channel: REQUESTS, ts: own.ts })).toBe('cant_delete_message');
    await world.web.chat.delete({ channel: REQUESTS, ts: String(ts) });
    expect(await error('chat.delete', { channel: REQUESTS, ts })).toBe('message_not_found');
  });

  it('answers in threads, gives links, pages of history', async () => {
    const first = await world.web.chat.postMessage({ channel: REQUESTS, text: 'root' });
    const ts = String(first.ts);
    await world.web.chat.postMessage({ channel: REQUESTS, text: 'reply', thread_ts: ts });
    await world.web.chat.postMessage({ channel: REQUESTS, text: 'second' });
    const replies = await world.web.conversations.replies({ channel: REQUESTS, ts });
    expect(replies.messages).toMatchObject([
      { text: 'root', reply_count: 1 },
      { text: 'reply', thread_ts: ts },
    ]);
    const page = await world.web.conversations.history({ channel: REQUESTS, limit: 1 });
    expect(page).toMatchObject({ has_more: true, messages: [{ text: 'second' }] });
    const rest = await world.web.conversations.history({
      channel: REQUESTS,
      limit: 1,
      cursor: page.response_metadata?.next_cursor ?? '',
    });
    expect(rest).toMatchObject({ has_more: false, messages: [{ text: 'root' }] });
    const link = await world.web.chat.getPermalink({ channel: REQUESTS, message_ts: ts });
    expect(link.permalink).toBe(`${world.url}/archives/${REQUESTS}/p${ts.replace('.', '')}`);
    expect(world.slack.client.messages(TESS, REQUESTS)).toMatchObject([
      { text: 'root', replies: [{ text: 'reply' }] },
      { text: 'second' },
    ]);
  });

  it('shows a message to one person only', async () => {
    await world.web.chat.postEphemeral({ channel: REQUESTS, user: TESS, text: 'psst' });
    expect(world.slack.client.messages(TESS, REQUESTS)).toMatchObject([{ text: 'psst', ephemeral: true }]);
    expect(world.slack.client.messages('U0PLATFM01', REQUESTS)).toEqual([]);
    expect((await world.web.conversations.history({ channel: REQUESTS })).messages).toEqual([]);
    expect(await error('chat.postEphemeral', { channel: REQUESTS, user: 'U0GUEST001', text: 'a' })).toBe(
      'user_not_in_channel',
    );
  });

  it('knows people, guests and groups', async () => {
    expect((await world.web.users.info({ user: TESS })).user).toMatchObject({
      name: 'tess',
      is_restricted: false,
      profile: { email: 'tess@sandbox.example' },
    });
    expect((await world.web.users.info({ user: 'U0GUEST001' })).user).toMatchObject({
      is_restricted: true,
      is_ultra_restricted: true,
    });
    expect((await world.web.users.lookupByEmail({ email: 'ana@sandbox.example' })).user).toMatchObject({
      id: 'U0APPRVR01',
    });
    expect((await world.web.usergroups.users.list({ usergroup: 'S0APPROVER' })).users).toEqual([
      'U0APPRVR01',
      'U0APPRVR02',
    ]);
    expect(
      (await world.web.conversations.list({})).channels?.map((channel) => [channel.name, channel.is_member]),
    ).toContainEqual(['team-tess', false]);
    expect(await error('users.info', { user: 'U0NOBODY01' })).toBe('user_not_found');
  });
});
