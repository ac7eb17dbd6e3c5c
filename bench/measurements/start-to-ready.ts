import { setTimeout as sleep } from 'node:timers/promises';
import { atMost, type Measurement } from '../measurement.ts';
import { median } from '../statistics.ts';
import type { BenchStage } from '../support/bench-stage.ts';
import { onStage } from '../support/on-stage.ts';

const STARTS = 5;
const GIVEN_UP_MS = 30_000;
/** How often `/readyz` is asked; it is the precision of the figure. */
const ASK_EVERY_MS = 5;

/** How long `node src/main.ts` takes until `/readyz` says 200. */
export const startToReady: Measurement = {
  name: 'start-to-ready',
  figures: ['start-to-ready'],
  measure: (say) =>
    onStage('socket', async (stage) => {
      // The first start compiles what the later ones find compiled, and the sandbox answers for the first time.
      const first = await once(stage);
      say(`first start ${Math.round(first)} ms, not counted`);
      const times: number[] = [];
      for (let n = 0; n < STARTS; n += 1) times.push(await once(stage));
      say(`starts took ${times.map((ms) => Math.round(ms)).join(', ')} ms`);
      return { 'start-to-ready': atMost(1_500, median(times), 'ms') };
    }),
};

async function once(stage: BenchStage): Promise<number> {
  const startedAt = performance.now();
  const bot = stage.startBot();
  while (!(await isReady(stage.botUrl))) {
    if (performance.now() - startedAt > GIVEN_UP_MS)
      throw new Error(`the bot did not get ready: ${bot.log()}`);
    await sleep(ASK_EVERY_MS);
  }
  const took = performance.now() - startedAt;
  await stage.stopBot();
  return took;
}

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/readyz`);
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
