import { createHmac } from 'node:crypto';
import { App } from '@slack/bolt';
import { createHttpReceiver } from '../../../src/adapters/slack/http-receiver.ts';
import { slackLogger } from '../../../src/adapters/slack/slack-logger.ts';
import { keptLog } from '../../support/quiet-log.ts';

const SECRETS = ['newer-secret', 'older-secret'];
const NOW = 1_800_000_000_000;

function bench() {
  const { log } = keptLog();
  const receiver = createHttpReceiver(SECRETS, log, () => NOW);
  const app = new App({
    receiver,
    authorize: async () => ({ botToken: 'xoxb-sample' }),
    logger: slackLogger(log),
  });
  const taken: string[] = [];
  app.command('/trunkline', async ({ ack, command }) => {
    taken.push(command.text);
    if (command.text === 'fail') throw new Error('no');
    if (command.text !== 'silent') await ack(`answer ${taken.length}`);
  });
  app.view('form', async ({ ack }) => ack({ response_action: 'errors', errors: { name: 'taken' } }));
  app.error(async (error) => {
    throw error;
  });
  return { handle: receiver.door.handle, taken };
}

function signed(body: string, options: { secret?: string; ageS?: number; type?: string } = {}) {
  const { secret = 'newer-secret', ageS = 0, type = 'application/x-www-form-urlencoded' } = options;
  const timestamp = String(NOW / 1_000 - ageS);
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const headers = {
    'x-slack-signature': signature,
    'x-slack-request-timestamp': timestamp,
    'content-type': type,
  };
  return { headers, body: Buffer.from(body) };
}

const command = (text: string) =>
  new URLSearchParams({
    command: '/trunkline',
    text,
    user_id: 'U1',
    team_id: 'T1',
    channel_id: 'C1',
  }).toString();

describe('a request to /slack/events', () => {
  it.each(SECRETS)('is taken when it is signed with the %s', async (secret) => {
    const { handle } = bench();
    expect(await handle(signed(command('help'), { secret }))).toMatchObject({
      status: 200,
      body: 'answer 1',
    });
  });

  it.each([
    ['another secret', signed(command('x'), { secret: 'guessed' })],
    ['a time six minutes ago', signed(command('x'), { ageS: 360 })],
    ['a time six minutes ahead', signed(command('x'), { ageS: -360 })],
    ['a changed body', { ...signed(command('x')), body: Buffer.from(command('y')) }],
    ['no signature', { headers: {}, body: Buffer.from(command('x')) }],
    ['an empty signature', { ...signed(command('x')), headers: { 'x-slack-signature': '' } }],
    [
      'a time that is none',
      { ...signed(''), headers: { ...signed('').headers, 'x-slack-request-timestamp': 'NaN' } },
    ],
  ])('is refused with %s', async (_what, request) => {
    const { handle, taken } = bench();
    expect((await handle(request)).status).toBe(401);
    expect(taken).toEqual([]);
  });

  it('is not run again when it is replayed; the replay gets the first answer', async () => {
    const { handle, taken } = bench();
    const request = signed(command('help'));
    const answers = await Promise.all([handle(request), handle(request), handle(request)]);
    expect(taken).toHaveLength(1);
    expect(answers.map((answer) => answer.body)).toEqual(['answer 1', 'answer 1', 'answer 1']);
  });

  it('fails when its handler fails, and may then be sent again', async () => {
    const { handle, taken } = bench();
    const request = signed(command('fail'));
    expect((await handle(request)).status).toBe(500);
    expect((await handle(request)).status).toBe(500);
    expect(taken).toHaveLength(2);
  });

  it('is not acknowledged when nobody takes it', async () => {
    const { handle } = bench();
    expect((await handle(signed(command('silent')))).status).toBe(404);
  });

  it('gets a form’s errors back as JSON', async () => {
    const { handle } = bench();
    const view = {
      type: 'view_submission',
      team: { id: 'T1' },
      user: { id: 'U1' },
      view: { callback_id: 'form' },
    };
    const answer = await handle(signed(new URLSearchParams({ payload: JSON.stringify(view) }).toString()));
    expect(JSON.parse(answer.body ?? '')).toEqual({ response_action: 'errors', errors: { name: 'taken' } });
  });

  it('answers the challenge by which Slack checks the address', async () => {
    const { handle } = bench();
    const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
    const answer = await handle(signed(body, { type: 'application/json' }));
    expect(JSON.parse(answer.body ?? '')).toEqual({ challenge: 'abc' });
  });

  it.each(['not json', '[1]', '"x"', 'null'])('is refused when it holds %s', async (body) => {
    const { handle } = bench();
    expect((await handle(signed(body, { type: 'application/json' }))).status).toBe(400);
  });
});
