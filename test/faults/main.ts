import { realNow } from './support/real-time.ts';
import { takeOverTime } from './support/take-over-time.ts';

takeOverTime();

const { parseArgs } = await import('node:util');
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    line: { type: 'string' },
    plant: { type: 'string' },
    'until-caught': { type: 'boolean', default: false },
  },
});
if (values.plant !== undefined) {
  const { BUGS } = await import('./planted/bugs.ts');
  const bug = BUGS.find(({ name }) => name === values.plant);
  if (bug === undefined) throw new Error(`no bug is called ${values.plant}`);
  (await import('./planted/plant.ts')).plant(bug);
}
const { play } = await import('./play.ts');
const { changeLine } = await import('./lines/change-line.ts');
const lines = [changeLine].filter(({ name }) => values.line === undefined || name === values.line);

const from = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.seeds) : 1;
const begun = realNow();
let failed = 0;
let merged = 0;
for (let seed = from; seed < from + count; seed += 1) {
  const line = lines[seed % lines.length];
  if (line === undefined) throw new Error('no such line');
  const verdict = await play(seed, line);
  if (verdict.marks.has('merged')) merged += 1;
  if (values.seed !== undefined) process.stdout.write(`${verdict.story.join('\n')}\n${verdict.left.join('\n')}\n`);
  if (verdict.violations.length === 0) continue;
  failed += 1;
  for (const { invariant, what } of verdict.violations)
    process.stdout.write(`seed ${seed} (${line.name}) ${invariant}: ${what}\n`);
  if (values['until-caught']) break;
}
process.stdout.write(`${count} seeds, ${merged} merged, ${failed} failed, ${Math.round(realNow() - begun)} ms\n`);
process.exit(failed === 0 ? 0 : 1);
