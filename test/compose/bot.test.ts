import { freePort } from '../../scripts/redis.mjs';
import { startBot } from '../support/bot.ts';
import { type Stage, setStage } from '../support/stage.ts';
import { until } from '../support/until.ts';

const SECRET_NAMES = ['PRIVATE_KEY', 'WEBHOOK_SECRET', 'SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'];

describe('the bot as a process', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage({ env: { METRICS_TOKEN: 'a-sample-metrics-token' } });
  }, 60_000);
  afterAll(() => stage.close());

  const url = (path: string) => `http://127.0.0.1:${stage.bot.port}${path}`;

  it('answers on its routes and on no other', async () => {
    expect((await fetch(url('/healthz'))).status).toBe(200);
    expect(await (await fetch(url('/readyz'))).json()).toEqual({
      ready: true,
      redis: true,
      slack: true,
      github: true,
      // Nothing was asked of GitHub yet when the bot has just begun.
      approvalRule: expect.stringMatching(/^(?:unknown|missing|pinned|unpinned)$/),
    });
    expect((await fetch(url('/metrics'))).status).toBe(401);
    expect((await fetch(url('/api/github/webhooks'), { method: 'POST', body: '{}' })).status).toBe(401);
    // In Socket Mode nothing comes over HTTP.
    expect((await fetch(url('/slack/events'), { method: 'POST', body: '{}' })).status).toBe(404);
    expect((await fetch(url('/'))).status).toBe(404);
  });

  it('answers a command of Slack', async () => {
    const command = { as: 'U0TENANT01', channel: 'C0REQUESTS', command: '/trunkline', text: 'help' };
    expect(await stage.world.slack.client.command(command)).toMatchObject({ outcome: 'ok' });
  });

  it('writes no secret into its log', () => {
    const secrets = SECRET_NAMES.map((name) => stage.world.env[name] ?? '').filter((secret) => secret !== '');
    expect(secrets.length).toBeGreaterThanOrEqual(3);
    for (const secret of secrets) expect(stage.bot.log()).not.toContain(secret);
    expect(stage.bot.log()).not.toMatch(/ghs_\w{16}|xox[abp]-\w{6}|PRIVATE KEY/);
  });

  it('ends in order when it is told to', async () => {
    const before = Date.now();
    expect(await stage.bot.stop()).toBe(0);
    expect(Date.now() - before).toBeLessThan(25_000);
    expect(stage.bot.log()).toContain('"ended"');
  });
});

describe('a bot that is installed wrongly', () => {
  it('tells every missing variable and ends with 78', async () => {
    const bot = startBot({ APP_ID: 'one', WEBHOOK_SECRET: 'development' }, await freePort());
    expect(await bot.exited).toBe(78);
    for (const name of [
      'APP_ID',
      'WEBHOOK_SECRET',
      'PRIVATE_KEY',
      'SLACK_BOT_TOKEN',
      'REDIS_URL',
      'PLATFORM_REPO',
    ]) {
      expect(bot.log()).toContain(`- ${name}:`);
    }
  });

  it('tells of a wrong key and a wrong token at once', async () => {
    const stage = await setStage();
    const wrong = { APP_ID: '77', SLACK_BOT_TOKEN: 'xoxb-not-the-one' };
    const bot = stage.replica(wrong);
    const code = await bot.exited;
    await stage.close();
    expect(code).toBe(78);
    await until(() => bot.log().includes('PRIVATE_KEY:') && bot.log().includes('SLACK_BOT_TOKEN:'), 1_000);
    expect(bot.log()).not.toContain(wrong.SLACK_BOT_TOKEN);
  }, 60_000);
});
