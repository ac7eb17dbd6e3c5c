import type { Log } from '../../jobs/ports.ts';
import { MisconfiguredError } from '../errors.ts';
import { type CheckResult, together } from './start-checks.ts';

const AGAIN_MS = 2_000;

export interface StartChecks {
  /** Whether every check has once come out well. */
  readonly passed: boolean;
  stop(): void;
}

/**
 * Runs the checks of the installation until each has come out well. All problems that can be found at once are told
 * at once; a system that does not answer is asked again and holds up nothing but readiness.
 *
 * @param onWrong told once, with a `MisconfiguredError`.
 */
export function runStartChecks(
  checks: Readonly<Record<string, () => Promise<CheckResult>>>,
  log: Log,
  onWrong: (error: MisconfiguredError) => void,
): StartChecks {
  let waiting = Object.entries(checks);
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function round(): Promise<void> {
    const results = await Promise.all(
      waiting.map(async ([name, check]) => ({ name, result: await attempt(check) })),
    );
    const outcome = together(results.map(({ result }) => result));
    if (isStopped) return;
    if (outcome.kind === 'wrong') {
      isStopped = true;
      onWrong(new MisconfiguredError(outcome.problems));
      return;
    }
    for (const { name, result } of results) {
      if (result.kind === 'unreachable')
        log.warn({ err: result.why, system: name }, 'cannot be reached; trying again');
    }
    waiting = waiting.filter(([name]) =>
      results.some((each) => each.name === name && each.result.kind !== 'ok'),
    );
    if (waiting.length > 0) timer = setTimeout(() => void round(), AGAIN_MS);
  }

  void round();
  return {
    get passed() {
      return waiting.length === 0;
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** A check that fails in a way it does not know of itself is asked again as well. */
async function attempt(check: () => Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await check();
  } catch (why) {
    return { kind: 'unreachable', why };
  }
}
