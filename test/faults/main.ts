import { parseArgs } from 'node:util';
import { realNow } from './support/real-time.ts';
import { takeOverTime } from './support/take-over-time.ts';

/**
 * Plays seeds of faults through:
 *
 *   npm run test:faults -- --seeds 100000   so many seeds, each line in its turn
 *   npm run test:faults -- --seed 42        one, and tells its story
 *   npm run test:faults -- --planted        every planted mistake, until a seed catches it
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    /** So many seconds at most, however many seeds are left. */
    seconds: { type: 'string' },
    seed: { type: 'string' },
    line: { type: 'string' },
    plant: { type: 'string' },
    planted: { type: 'boolean', default: false },
    'until-caught': { type: 'boolean', default: false },
  },
});

if (values.planted) {
  const { tellPlanted } = await import('./planted/tell-planted.ts');
  process.exit(await tellPlanted(values.plant));
}

takeOverTime();
if (values.plant !== undefined) {
  const { plantByName } = await import('./planted/plant.ts');
  plantByName(values.plant);
}
const { playAll } = await import('./play-all.ts');
const begun = realNow();
const { played, ended, failed } = await playAll(
  {
    from: Number(values.seed ?? values.from),
    seeds: values.seed === undefined ? Number(values.seeds) : 1,
    line: values.line,
    tellsAll: values.seed !== undefined,
    untilCaught: values['until-caught'],
    atMostMs: Number(values.seconds ?? Number.POSITIVE_INFINITY) * 1_000,
  },
  (text) => process.stdout.write(`${text}\n`),
);
const seconds = ((realNow() - begun) / 1_000).toFixed(1);
process.stdout.write(`${played} seeds, ${ended} reached their end, ${failed} failed, ${seconds} s\n`);
process.exit(failed === 0 ? 0 : 1);
