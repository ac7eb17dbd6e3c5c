import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../test/support/eventually.ts';
import { mergePulls } from '../../test/support/merge-pulls.ts';
import { ReleasingPerson } from '../../test/support/release-person.ts';
import { atMost, type Figure, type Measurement, round, type Say } from '../measurement.ts';
import { onStage } from '../support/on-stage.ts';
import { cpuMs } from '../support/process-usage.ts';

const SIZES = [10, 100, 500] as const;
const MOST_REQUESTS = 10;
const TAG = 'v0.1.1';

/** Not of any release: the sweep asks every 20 s, `/readyz` when somebody asks it. */
const BACKGROUND: readonly string[] = ['graphql Pulse', 'GET /rate_limit'];

interface Counted {
  /** From the command until the release stands. */
  readonly requests: number;
  /** What webhooks bring about afterwards: the looks at the release, which announce it. */
  readonly looks: number;
  /** Milliseconds of the bot's processors from the command until its announcement stands whole. */
  readonly cpu: number;
}

/** What a release costs, by how many pull requests are in it. */
export const releaseRequests: Measurement = {
  name: 'release-requests',
  figures: SIZES.flatMap((size) => [
    `release-requests-${size}`,
    `release-looks-${size}`,
    `release-cpu-${size}`,
  ]),
  async measure(say) {
    const figures: Record<string, Figure> = {};
    for (const size of SIZES) {
      const { requests, looks, cpu } = await countOne(size, say);
      figures[`release-requests-${size}`] = atMost(MOST_REQUESTS, requests, 'requests');
      figures[`release-looks-${size}`] = { value: looks, unit: 'requests' };
      figures[`release-cpu-${size}`] = { value: round(cpu), unit: 'ms' };
    }
    return figures;
  },
};

function countOne(size: number, say: Say): Promise<Counted> {
  return onStage('socket', async (stage) => {
    const { faults, github } = stage.world;
    await mergePulls(stage.world, size);
    const bot = stage.startBot();
    await bot.ready();
    const pat = new ReleasingPerson(stage.world);
    await pat.warm();
    await sleep(2_000);
    const before = faults.calls().at(-1)?.id ?? 0;
    const cpuBefore = await cpuMs(bot.pid);
    const form = await pat.releaseForm();
    let standsAfter = Number.POSITIVE_INFINITY;
    const end = faults.onCall((call) => {
      const stands = [...github.world.state.releases.values()].some(({ tagName }) => tagName === TAG);
      if (stands && call.phase !== 'received') standsAfter = Math.min(standsAfter, call.id);
    });
    const answer = await pat.submit(form, { version: TAG });
    if (answer.outcome !== 'ok') throw new Error(`the release was refused: ${JSON.stringify(answer)}`);
    await pat.toldDirectly(`${TAG} is released`, 60_000);
    await eventually(
      'the announcement stands whole',
      async () => {
        const count = () => faults.calls().filter(({ name }) => !BACKGROUND.includes(name)).length;
        const seen = count();
        await sleep(3_000);
        return count() === seen && pat.announcements(TAG).length > 0;
      },
      120_000,
    );
    end();
    const cpu = (await cpuMs(bot.pid)) - cpuBefore;
    const calls = faults
      .calls()
      .filter(({ id, service, name }) => id > before && service === 'github' && !BACKGROUND.includes(name));
    say(`${size}: ${calls.map(({ name }) => name).join(', ')}`);
    const requests = calls.filter(({ id }) => id <= standsAfter).length;
    return { requests, looks: calls.length - requests, cpu };
  });
}
