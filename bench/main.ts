import type { Figure, Measurement } from './measurement.ts';
import { acknowledgement } from './measurements/acknowledgement.ts';
import { changeRequests } from './measurements/change-requests.ts';
import { conventions } from './measurements/conventions.ts';
import { enqueue } from './measurements/enqueue.ts';
import { fleetPoll } from './measurements/fleet-poll.ts';
import { githubRequests } from './measurements/github-requests.ts';
import { mergeToApplied } from './measurements/merge-to-applied.ts';
import { releaseRequests } from './measurements/release-requests.ts';
import { restingMemory } from './measurements/resting-memory.ts';
import { rolloutCalls } from './measurements/rollout-calls.ts';
import { rolloutLatency } from './measurements/rollout-latency.ts';
import { startToReady } from './measurements/start-to-ready.ts';
import { readOptions } from './options.ts';
import { endTogether } from './support/end-together.ts';
import { table } from './table.ts';

/** Every measurement there is, in the order in which they are made; docs/bench.md says what their figures mean. */
const MEASUREMENTS: readonly Measurement[] = [
  startToReady,
  githubRequests,
  releaseRequests,
  changeRequests,
  conventions,
  restingMemory,
  fleetPoll,
  rolloutLatency,
  rolloutCalls,
  mergeToApplied,
  enqueue,
  acknowledgement,
];

const result = readOptions(process.argv.slice(2), MEASUREMENTS);
if (result.kind === 'wrong') {
  process.stderr.write(`bench: ${result.problem}\n`);
  process.exit(64);
}
endTogether();
const { asJson, chosen } = result.options;
const { figures, failures } = await measureAll(chosen);
for (const failure of failures) process.stderr.write(`bench: ${failure}\n`);
// A measurement that failed midway may have left something open that would keep this process waiting.
process.stdout.write(asJson ? `${JSON.stringify(figures, undefined, 2)}\n` : table(figures), () =>
  process.exit(failures.length > 0 ? 1 : 0),
);

/** One after the other, since each needs the machine for itself. One that fails does not keep the others back. */
async function measureAll(measurements: readonly Measurement[]) {
  const figures: Record<string, Figure> = {};
  const failures: string[] = [];
  for (const { name, figures: promised, measure } of measurements) {
    try {
      const measured = await measure((progress) => process.stderr.write(`${name}: ${progress}\n`));
      for (const figure of promised) {
        const value = measured[figure];
        if (value === undefined) throw new Error(`it brought no ${figure}`);
        figures[figure] = value;
      }
    } catch (error) {
      failures.push(`${name} could not be measured: ${error instanceof Error ? error.message : error}`);
    }
  }
  return { figures, failures };
}
