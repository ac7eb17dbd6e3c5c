import { createHmac } from 'node:crypto';
import { App } from '@slack/bolt';
import { createHttpReceiver } from '../../src/adapters/slack/http-receiver.ts';
import { slackLogger } from '../../src/adapters/slack/slack-logger.ts';
import { webhookDoor } from '../../src/adapters/webhook-door.ts';
import type { Answer, Door, DoorRequest } from '../../src/door.ts';
import { keptLog } from '../support/quiet-log.ts';
import { createRandom, type Random } from './support/random.ts';

const SECRETS = ['newer-secret-of-the-door', 'older-secret-of-the-door'];
const NOW = 1_800_000_000_000;
const EACH = 5_000;

type Request = DoorRequest & { readonly headers: Record<string, string> };

const hook = (body: string, secret: string): Request => ({
  headers: {
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    'x-github-event': 'push',
    'x-github-delivery': 'd-1',
    'content-type': 'application/json',
  },
  body: Buffer.from(body),
});

const click = (body: string, secret: string, ageS = 0): Request => {
  const timestamp = String(NOW / 1_000 - ageS);
  return {
    headers: {
      'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`,
      'x-slack-request-timestamp': timestamp,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: Buffer.from(body),
  };
};

const payload = (n: number) =>
  JSON.stringify({ ref: `refs/heads/branch-${n}`, repository: { full_name: 'o/r' } });
const command = (n: number) => `command=%2Ftrunkline&text=approve+${n}&user_id=U1&team_id=T1&channel_id=C1`;

/** Ways to spoil a request that was signed as it should be. */
const SPOILS: readonly ((random: Random, right: Request, other: Request) => Request)[] = [
  (random, right) => ({ ...right, body: right.body.subarray(0, random.whole(0, right.body.length - 1)) }),
  (random, right) => ({ ...right, body: flipped(random, right.body) }),
  (_, right, other) => ({ ...right, body: other.body }),
  (random, right) => ({ ...right, headers: without(right.headers, /signature/, random) }),
  (random, right) => ({
    ...right,
    headers: changed(right.headers, /signature/, (text) =>
      flipped(random, Buffer.from(text)).toString('latin1'),
    ),
  }),
  (random, right) => ({
    ...right,
    headers: changed(right.headers, /signature/, (text) => text.slice(0, random.whole(0, text.length - 1))),
  }),
  (_, right) => ({ ...right, headers: changed(right.headers, /signature/, (text) => `${text}00`) }),
  (_, right) => ({ ...right, headers: changed(right.headers, /signature/, () => '') }),
  (_, right) => ({ ...right, body: Buffer.concat([right.body, Buffer.from(' ')]) }),
];

function flipped(random: Random, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const at = random.whole(0, copy.length - 1);
  copy[at] = (copy[at] ?? 0) ^ (1 << random.whole(0, 7));
  return copy;
}

function changed(headers: Record<string, string>, name: RegExp, change: (text: string) => string) {
  return Object.fromEntries(
    Object.entries(headers).map(([key, value]) => [key, name.test(key) ? change(value) : value]),
  );
}

function without(headers: Record<string, string>, name: RegExp, random: Random) {
  const gone = random.chance(0.5) ? name : /signature|timestamp/;
  return Object.fromEntries(Object.entries(headers).filter(([key]) => !gone.test(key)));
}

async function statuses(door: Door, requests: readonly Request[]): Promise<readonly number[]> {
  const answers: Answer[] = [];
  // In bursts, as an attacker would send them.
  for (let at = 0; at < requests.length; at += 100)
    answers.push(...(await Promise.all(requests.slice(at, at + 100).map((request) => door.handle(request)))));
  return answers.map(({ status }) => status);
}

function spoilt(make: (n: number, secret: string) => Request): readonly Request[] {
  const random = createRandom(7);
  return Array.from({ length: EACH }, (_, n) => {
    if (random.chance(0.1)) return make(n, 'a-guessed-secret');
    return random.pick(SPOILS)(random, make(n, random.pick(SECRETS)), make(n + 1, random.pick(SECRETS)));
  });
}

it(`refuses ${EACH} forged, truncated and swapped webhooks, and takes the right one among them at once`, async () => {
  let taken = 0;
  const { log } = keptLog();
  const door = webhookDoor(
    SECRETS,
    async () => {
      taken += 1;
    },
    log,
  );
  const wrong = await statuses(
    door,
    spoilt((n, secret) => hook(payload(n), secret)),
  );
  expect(new Set(wrong)).toEqual(new Set([401]));
  expect(taken).toBe(0);
  const begun = performance.now();
  expect((await door.handle(hook(payload(1), SECRETS[0] ?? ''))).status).toBe(200);
  expect(performance.now() - begun).toBeLessThan(500);
});

function slackDoor() {
  const { log } = keptLog();
  const receiver = createHttpReceiver(SECRETS, log, () => NOW);
  const app = new App({
    receiver,
    authorize: async () => ({ botToken: 'xoxb-sample' }),
    logger: slackLogger(log),
  });
  const taken: string[] = [];
  app.command('/trunkline', async ({ ack, command: { text } }) => {
    taken.push(text);
    await ack(`answer ${taken.length}`);
  });
  return { door: receiver.door, taken };
}

it(`refuses ${EACH} forged, truncated, swapped and old requests of Slack, and takes the right one among them at once`, async () => {
  const { door, taken } = slackDoor();
  const random = createRandom(11);
  const wrong = await statuses(door, [
    ...spoilt((n, secret) => click(command(n), secret)).slice(0, EACH - 1_000),
    ...Array.from({ length: 1_000 }, (_, n) =>
      click(command(n), random.pick(SECRETS), random.pick([-1, 1]) * random.whole(301, 86_400)),
    ),
  ]);
  expect(new Set(wrong)).toEqual(new Set([401]));
  expect(taken).toEqual([]);
  const begun = performance.now();
  expect((await door.handle(click(command(1), SECRETS[0] ?? ''))).status).toBe(200);
  expect(performance.now() - begun).toBeLessThan(500);
});

it('answers what Slack sends again, or somebody replays, with the first answer, and does nothing more', async () => {
  const { door, taken } = slackDoor();
  const right = click(command(1), SECRETS[0] ?? '');
  const answers = await Promise.all(Array.from({ length: 200 }, () => door.handle(right)));
  expect(new Set(answers.map(({ body }) => body))).toEqual(new Set(['answer 1']));
  expect(taken).toHaveLength(1);
});
