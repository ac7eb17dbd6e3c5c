import { once } from 'node:events';
import { median } from '../statistics.ts';
import { startScript } from '../support/start-script.ts';
import { type Slice, type SliceResult, sliceResult } from './slice.ts';

/** A generator that is this late itself says nothing of those it measures. */
const LATEST_MS = 5;

export interface Load {
  /**
   * Puts one slice of load on an address; resolves when every request is answered.
   *
   * @throws when a request was not answered 200, or the generator itself was late.
   */
  run(wanted: Slice): Promise<SliceResult>;
  stop(): Promise<void>;
}

/** Starts the load generator as a process of its own. */
export function startLoad(): Load {
  const script = startScript('bench/load/generator.ts');
  return {
    async run(wanted) {
      script.child.send(wanted);
      const [message] = await Promise.race([once(script.child, 'message'), script.failed]);
      const result = sliceResult.parse(message);
      const [problem] = result.problems;
      if (problem !== undefined) {
        throw new Error(
          `${result.problems.length} requests to ${wanted.url} went wrong; the first one: ${problem}`,
        );
      }
      if (median(result.lateness) > LATEST_MS) {
        throw new Error('the machine is too busy: the load generator itself is late by more than 5 ms');
      }
      return result;
    },
    stop: script.stop,
  };
}
