import { once } from 'node:events';
import { Queue } from 'bullmq';
import { submissionPayload } from '../../sandbox/slack/deliver/payloads.ts';
import { freePort } from '../../scripts/redis.mjs';
import { QUEUE_PREFIX } from '../../src/adapters/queue/queues.ts';
import { onboardPreviewCallback } from '../../src/views/onboard-preview.ts';
import { PersonInSlack } from '../../test/support/person.ts';
import { type Load, startLoad } from '../load/load.ts';
import type { Slice } from '../load/slice.ts';
import { beside, type Figure, type Measurement, round, type Say } from '../measurement.ts';
import { median, percentile } from '../statistics.ts';
import type { BenchStage } from '../support/bench-stage.ts';
import { onStage } from '../support/on-stage.ts';
import { cpuMs } from '../support/process-usage.ts';
import { type Script, startScript } from '../support/start-script.ts';

const PER_SECOND = 200;
const SLICE_S = 3;
/** Slices of each side that count, and before them those that only warm up. */
const ROUNDS = 10;
const WARM_UP_ROUNDS = 3;
const ASKER = 'U0TENANT01';

/** Who is loaded: where it listens, and which process it is. */
interface Side {
  readonly name: 'bot' | 'bare';
  readonly url: string;
  readonly pid: number;
  readonly latencies: number[];
  /** Milliseconds of processor in all slices that count. */
  cpu: number;
}

/** How soon a sent preview is acknowledged, and what that costs, beside a bare Bolt app that does nothing. */
export const acknowledgement: Measurement = {
  name: 'acknowledgement',
  figures: ['ack-median', 'ack-p99', 'cpu-per-event'],
  measure: (say) =>
    onStage('http', async (stage) => {
      const bot = stage.startBot();
      await bot.ready();
      const payload = await previewSent(stage);
      const queue = new Queue('intents', {
        prefix: QUEUE_PREFIX,
        connection: { url: stage.redisUrl },
        skipVersionCheck: true,
      });
      // Redis takes every job, and nobody works on it: 200 pull requests a second would measure the sandbox.
      await queue.pause();
      const port = await freePort();
      const bare = await startBare(port, stage);
      const load = startLoad();
      try {
        const slice = { payload, signingSecret: stage.world.env['SLACK_SIGNING_SECRET'] ?? '' };
        const sides = [
          side('bot', stage.botUrl, bot.pid),
          side('bare', `http://127.0.0.1:${port}`, bare.pid),
        ] as const;
        await inTurns(load, sides, slice, say);
        await demandAll(queue);
        return figuresOf(...sides);
      } finally {
        await load.stop();
        await bare.stop();
        await queue.close();
      }
    }),
};

/** What Slack sends when the preview of an ordinary request is sent, made by the sandbox from a real preview. */
async function previewSent({ world }: BenchStage): Promise<Slice['payload']> {
  await new PersonInSlack(world, ASKER).preview('bench');
  const { workspace } = world.slack;
  const view = workspace.stack(ASKER).at(-1);
  if (view === undefined) throw new Error('the bot showed no preview');
  return submissionPayload(workspace, { user: ASKER, triggerId: '1.1.bench' }, view, []);
}

async function startBare(port: number, { world }: BenchStage): Promise<Script> {
  const script = startScript('bench/bare-bolt.ts', {
    PORT: String(port),
    SLACK_SIGNING_SECRET: world.env['SLACK_SIGNING_SECRET'] ?? '',
    CALLBACK: onboardPreviewCallback,
  });
  await Promise.race([once(script.child, 'message'), script.failed]);
  return script;
}

function side(name: Side['name'], url: string, pid: number): Side {
  return { name, url: `${url}/slack/events`, pid, latencies: [], cpu: 0 };
}

/** Slice by slice, and in changing order, so that whatever else the machine does strikes both. */
async function inTurns(
  load: Load,
  sides: readonly Side[],
  common: Pick<Slice, 'payload' | 'signingSecret'>,
  say: Say,
): Promise<void> {
  for (let n = 0; n < WARM_UP_ROUNDS + ROUNDS; n += 1) {
    for (const each of n % 2 === 0 ? sides : sides.toReversed()) {
      const cpuBefore = await cpuMs(each.pid);
      const wanted = { ...common, url: each.url, perSecond: PER_SECOND, seconds: SLICE_S, seed: n };
      const { latencies } = await load.run(wanted);
      const cpu = (await cpuMs(each.pid)) - cpuBefore;
      const [middle, late] = [median(latencies), percentile(latencies, 0.99)].map(round);
      const note = n < WARM_UP_ROUNDS ? ', not counted' : '';
      say(
        `${each.name}: median ${middle} ms, p99 ${late} ms, ${round(cpu / latencies.length)} ms CPU each${note}`,
      );
      if (n < WARM_UP_ROUNDS) continue;
      each.latencies.push(...latencies);
      each.cpu += cpu;
    }
  }
}

/** An acknowledgement of what Redis does not have would be worth nothing, however quick. */
async function demandAll(queue: Queue): Promise<void> {
  const { paused = 0, waiting = 0 } = await queue.getJobCounts();
  const acknowledged = (WARM_UP_ROUNDS + ROUNDS) * SLICE_S * PER_SECOND;
  if (paused + waiting !== acknowledged) {
    throw new Error(`${acknowledged} requests were acknowledged, but Redis has ${paused + waiting}`);
  }
}

function figuresOf(bot: Side, bare: Side): Record<string, Figure> {
  const perEvent = ({ cpu, latencies }: Side) => cpu / latencies.length;
  const cpu = beside(perEvent(bot), perEvent(bare), 'ms');
  return {
    'ack-median': withinMs(2, median(bot.latencies), median(bare.latencies)),
    'ack-p99': withinMs(50, percentile(bot.latencies, 0.99), percentile(bare.latencies, 0.99)),
    'cpu-per-event': { ...cpu, bound: 'at most 3 times it', ok: cpu.ratio <= 3 },
  };
}

function withinMs(most: number, value: number, against: number): Figure {
  return {
    ...beside(value, against, 'ms'),
    bound: `at most ${most} ms above it`,
    ok: value - against <= most,
  };
}
