import { setTimeout as sleep } from 'node:timers/promises';
import { PersonInSlack } from '../../test/support/person.ts';
import { atMost, type Measurement } from '../measurement.ts';
import { onStage } from '../support/on-stage.ts';
import { residentMb } from '../support/process-usage.ts';

const REST_MS = 20_000;

/** What the bot holds in RAM when it has done one request and rested for a while. */
export const restingMemory: Measurement = {
  name: 'resting-memory',
  figures: ['resting-memory'],
  measure: (say) =>
    onStage('socket', async (stage) => {
      const bot = stage.startBot();
      await bot.ready();
      const tess = new PersonInSlack(stage.world, 'U0TENANT01');
      await tess.onboard('bench');
      await tess.told('bench', 'The pull request is open');
      say(`${Math.round(await residentMb(bot.pid))} MB after the request; resting ${REST_MS / 1_000} s`);
      await sleep(REST_MS);
      return { 'resting-memory': atMost(160, await residentMb(bot.pid), 'MB') };
    }),
};
