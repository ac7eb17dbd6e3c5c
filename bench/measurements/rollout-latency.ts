import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from '../../sandbox/faults.ts';
import { atMost, type Measurement, type Say } from '../measurement.ts';
import { median, percentile } from '../statistics.ts';
import { heldBack, onRolloutStage, type RolloutStage } from '../support/on-rollout-stage.ts';

const CLUSTER = 'large-001';
const THERE = 60;
const CHANGES = 50;
/** Longer than the bot waits between two changes of one message, in milliseconds. */
const [QUIET_MS, QUIET_SPREAD_MS] = [3_500, 1_000];
const GIVEN_UP_MS = 20_000;

/** How long a change of one Kustomization's status takes to the bot's call to Slack, on a rollout that was quiet. */
export const rolloutLatency: Measurement = {
  name: 'rollout-latency',
  figures: ['rollout-latency-median', 'rollout-latency-p99'],
  measure: (say) =>
    onRolloutStage({ large: { workloadClusters: 1, kustomizations: THERE } }, async (stage) => {
      const times = await changeOneByOne(stage, say);
      say(`took ${times.map((ms) => Math.round(ms)).join(', ')} ms`);
      return {
        'rollout-latency-median': atMost(1_000, median(times), 'ms'),
        'rollout-latency-p99': atMost(3_000, percentile(times, 0.99), 'ms'),
      };
    }),
};

async function changeOneByOne(stage: RolloutStage, say: Say): Promise<readonly number[]> {
  const { world, promotions, rollouts } = stage;
  const large = heldBack(world);
  await stage.startBot();
  const one = await promotions.promote();
  await stage.approve(one);
  await rollouts.says(one.change, 'all 6 applied', 60_000);
  say('the ordinary Kustomizations have applied; now those that wait, one by one');
  const times: number[] = [];
  for (let n = 1; n <= CHANGES; n += 1) {
    await sleep(QUIET_MS + Math.random() * QUIET_SPREAD_MS);
    const called = nextUpdate(world.faults);
    const changedAt = performance.now();
    large.touch(`${CLUSTER}/app-${String(n).padStart(3, '0')}`);
    times.push((await called) - changedAt);
    await rollouts.says(one.change, `${n} of ${THERE} applied`);
  }
  return times;
}

/** When the bot calls next to change a message, on the clock of `performance.now`. */
function nextUpdate(faults: RolloutStage['world']['faults']): Promise<number> {
  return new Promise((resolve, reject) => {
    const end = faults.onCall(({ name, phase }: Call) => {
      if (name !== 'chat.update' || phase !== 'received') return;
      end();
      clearTimeout(timer);
      resolve(performance.now());
    });
    const timer = setTimeout(() => {
      end();
      reject(new Error('the bot did not tell of a change'));
    }, GIVEN_UP_MS);
  });
}
