import type { Marks } from '../../../jobs/ports.ts';
import { createSlackClients } from '../../../src/adapters/slack/clients.ts';
import { createIdentity } from '../../../src/adapters/slack/identity.ts';
import { createPlaces } from '../../../src/adapters/slack/places.ts';
import { createSpeaker } from '../../../src/adapters/slack/speaker.ts';
import type { SlackChannelId, SlackUserId } from '../../../src/domain/ids.ts';
import { AmbiguousWriteError, RetryableError } from '../../../src/errors.ts';
import { FakeMarks } from '../../support/fake-marks.ts';
import { keptLog } from '../../support/quiet-log.ts';
import { type SlackWorld, startSlackWorld } from '../../support/slack-world.ts';

const REQUESTS = 'C0REQUESTS' as SlackChannelId;
const TESS = 'U0TENANT01' as SlackUserId;
const place = { kind: 'channel', channel: 'platform-requests' } as const;
const hello = { text: 'hello', blocks: [{ type: 'section', text: { type: 'plain_text', text: 'hello' } }] };
const bye = { text: 'bye', blocks: [] };

describe('what the bot says in Slack', () => {
  let world: SlackWorld;
  beforeEach(async () => {
    world = await startSlackWorld();
  });
  afterEach(() => world.close());

  function speakerWith(marks: Marks = new FakeMarks()) {
    const { log } = keptLog();
    const { patient: client } = createSlackClients({
      botToken: world.slack.tokens.bot,
      apiUrl: world.apiUrl,
      log,
    });
    return createSpeaker({
      client,
      identity: createIdentity(client),
      places: createPlaces(client),
      marks,
      log,
    });
  }

  function said(text: string, channel: string = REQUESTS) {
    return world.slack.client.messages('U0PLATFM01', channel).filter((message) => message.text === text);
  }

  const since = Date.now();
  const once = { since };

  it('stands once, whether it is said once or four times', async () => {
    const speaker = speakerWith();
    const first = await speaker.sayOnce('k', place, hello, once);
    for (let n = 0; n < 3; n += 1) expect(await speaker.sayOnce('k', place, hello, once)).toEqual(first);
    expect(said('hello')).toHaveLength(1);
  });

  it('stands once though all that Redis knew is lost', async () => {
    const first = await speakerWith().sayOnce('k', place, hello, once);
    expect(await speakerWith().sayOnce('k', place, hello, once)).toEqual(first);
    expect(await speakerWith().find('k', place, since)).toEqual(first);
    expect(said('hello')).toHaveLength(1);
  });

  it('stands once when two say it at the same time', async () => {
    const marks = new FakeMarks();
    const both = await Promise.allSettled([
      speakerWith(marks).sayOnce('k', place, hello, once),
      speakerWith(marks).sayOnce('k', place, hello, once),
    ]);
    const late = both.find((each) => each.status === 'rejected');
    if (late !== undefined) expect(late.reason).toBeInstanceOf(RetryableError);
    expect(said('hello')).toHaveLength(1);
  });

  it('stands once when one is paused past the claim while another says it', async () => {
    const marks = new FakeMarks();
    // The first loses its claim while its post is under way: the second finds nothing and posts as well.
    world.faults.add({
      service: 'slack',
      on: 'call',
      match: 'chat.postMessage',
      effect: { kind: 'delay', ms: 400 },
    });
    const paused = speakerWith(marks).sayOnce('k', place, hello, once);
    await new Promise((resolve) => setTimeout(resolve, 150));
    marks.now += 20_000;
    const second = await speakerWith(marks).sayOnce('k', place, hello, once);
    marks.now += 20_000;
    await paused;
    expect(said('hello')).toHaveLength(1);
    expect(said('hello')[0]?.ts).toBe(second.ts);
  });

  it('stands once when the other is still posting as the paused one goes on', async () => {
    const marks = new FakeMarks();
    const slow = (ms: number) =>
      world.faults.add({
        service: 'slack',
        on: 'call',
        match: 'chat.postMessage',
        effect: { kind: 'delay', ms },
      });
    slow(300);
    const paused = speakerWith(marks).sayOnce('k', place, hello, once);
    await new Promise((resolve) => setTimeout(resolve, 100));
    marks.now += 20_000;
    slow(500);
    const second = speakerWith(marks).sayOnce('k', place, hello, once);
    await expect(paused).rejects.toBeInstanceOf(RetryableError);
    await second;
    expect(said('hello')).toHaveLength(2);
    marks.now += 16_000;
    const speaker = speakerWith(marks);
    const message = await speaker.sayOnce('k', place, hello, once);
    expect(said('hello').map(({ ts }) => ts)).toEqual([message.ts]);
    expect(await speaker.sayOnce('k', place, hello, once)).toEqual(message);
  });

  it('is shown again when another replica has shown something else in between', async () => {
    const marks = new FakeMarks();
    const [one, two] = [speakerWith(marks), speakerWith(marks)];
    const message = await one.sayOnce('k', place, hello, once);
    await one.update('k', message, bye);
    await two.update('k', message, hello);
    await one.update('k', message, bye);
    expect(said('bye')).toHaveLength(1);
  });

  it('is not said again after Slack failed though it had posted', async () => {
    world.faults.add({
      service: 'slack',
      on: 'call',
      match: 'chat.postMessage',
      effect: { kind: 'error-after-doing', status: 500 },
    });
    const speaker = speakerWith();
    await expect(speaker.sayOnce('k', place, hello, once)).rejects.toBeInstanceOf(AmbiguousWriteError);
    await speaker.sayOnce('k', place, hello, once);
    expect(said('hello')).toHaveLength(1);
  });

  it('comes later when Slack asks to slow down, and need not be looked for then', async () => {
    world.faults.add({
      service: 'slack',
      on: 'call',
      match: 'chat.postMessage',
      effect: { kind: 'error', status: 429, retryAfter: 7 },
    });
    const speaker = speakerWith();
    await expect(speaker.sayOnce('k', place, hello, once)).rejects.toMatchObject({
      name: 'RetryableError',
      retryInMs: 7_000,
    });
    await speaker.sayOnce('k', place, hello, once);
    expect(said('hello')).toHaveLength(1);
  });

  it('waits where it is for the second that Slack asks for between two messages', async () => {
    const effect = { kind: 'error', status: 429, retryAfter: 1 } as const;
    world.faults.add({ service: 'slack', on: 'call', match: 'chat.postMessage', effect });
    const before = performance.now();
    await speakerWith().sayOnce('k', place, hello, once);
    expect(performance.now() - before).toBeGreaterThan(950);
    expect(said('hello')).toHaveLength(1);
  });

  it('is taken back without a trace, also when somebody has deleted it already', async () => {
    const speaker = speakerWith();
    const message = await speaker.sayOnce('k', place, hello, once);
    await speaker.remove('k', message);
    expect(said('hello')).toHaveLength(0);
    await speaker.remove('k', message);
    expect(await speaker.find('k', place, 0)).toBeUndefined();
  });

  it('loses its extra copies, the oldest stays', async () => {
    // Two that know nothing of each other both look before either has posted.
    const both = await Promise.all([1, 2].map(() => speakerWith().sayOnce('k', place, hello, once)));
    expect(said('hello')).toHaveLength(2);
    const [first] = both.toSorted((a, b) => Number(a.ts) - Number(b.ts));
    expect(await speakerWith().sayOnce('k', place, hello, once)).toEqual(first);
    expect(said('hello')).toHaveLength(1);
  });

  it('goes into threads and to persons', async () => {
    const speaker = speakerWith();
    const { channel, ts } = await speaker.sayOnce('k', place, hello, once);
    await speaker.sayOnce('t', { kind: 'thread', channel, ts }, { ...hello, text: 'more' }, once);
    await speakerWith().sayOnce('t', { kind: 'thread', channel, ts }, { ...hello, text: 'more' }, once);
    expect(said('hello')[0]?.replies.map((reply) => reply.text)).toEqual(['more']);
    const direct = await speaker.sayOnce(
      'd',
      { kind: 'person', user: TESS },
      { ...hello, text: 'psst' },
      once,
    );
    expect(await speakerWith().find('d', { kind: 'person', user: TESS }, since)).toEqual(direct);
  });

  it('is changed, and not sent again when it shows that already', async () => {
    const speaker = speakerWith();
    const message = await speaker.sayOnce('k', place, hello, once);
    await speaker.update('k', message, hello);
    await speaker.update('k', message, bye);
    await speaker.update('k', message, bye);
    expect(said('bye')).toHaveLength(1);
    expect(world.faults.calls().filter((call) => call.name === 'chat.update')).toHaveLength(1);
  });

  it('can be found again after it was changed', async () => {
    const speaker = speakerWith();
    const message = await speaker.sayOnce('k', place, hello, once);
    await speaker.update('k', message, bye);
    expect(await speakerWith().find('k', place, since)).toEqual(message);
  });

  it('is refused with a reason where the channel is unknown', async () => {
    await expect(
      speakerWith().sayOnce('k', { kind: 'channel', channel: '#nowhere' }, hello, once),
    ).rejects.toMatchObject({ name: 'PermanentError', code: 'channel-unknown' });
    await expect(
      speakerWith().sayOnce('k', { kind: 'channel', channel: 'C0NOWHERE99' }, hello, once),
    ).rejects.toMatchObject({ name: 'PermanentError', code: 'channel-unknown' });
  });

  it.each(['team-tess', 'C0TEAMTESS'])(
    'is refused with a reason where the bot is no member (%s)',
    async (channel) => {
      await expect(
        speakerWith().sayOnce('k', { kind: 'channel', channel }, hello, once),
      ).rejects.toMatchObject({
        name: 'PermanentError',
        code: 'not-in-channel',
      });
    },
  );

  it('comes later when Slack does not answer', async () => {
    world.faults.add({
      service: 'slack',
      on: 'call',
      match: 'conversations.list',
      effect: { kind: 'error', status: 503 },
    });
    await expect(speakerWith().sayOnce('k', place, hello, once)).rejects.toBeInstanceOf(RetryableError);
  });

  it.each([
    ['C0CHANGES1', 'member'],
    ['platform-changes', 'member'],
    ['C0TEAMTESS', 'not-a-member'],
    ['team-tess', 'not-a-member'],
    ['C0NOWHERE1', 'unknown-channel'],
    ['nowhere', 'unknown-channel'],
  ])('can tell beforehand whether %s is in reach: %s', async (channel, expected) => {
    expect(await speakerWith().reach(channel)).toBe(expected);
  });
});
