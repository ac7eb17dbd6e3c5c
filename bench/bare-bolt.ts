import { App } from '@slack/bolt';

// What the bot is measured beside: a Bolt app as Bolt's own guide makes one, which acknowledges at once and does nothing.

const { SLACK_SIGNING_SECRET: signingSecret = '', PORT: port = '', CALLBACK: callback = '' } = process.env;

const app = new App({
  signingSecret,
  // Who we are is known, so that no event waits for Slack to say so; the bot does the same.
  authorize: async () => ({ botToken: 'xoxb-none', botId: 'B0', botUserId: 'U0' }),
});
app.view(callback, async ({ ack }) => ack());
await app.start({ port: Number(port), host: '127.0.0.1' });
process.on('disconnect', () => process.exit());
process.send?.('ready');
