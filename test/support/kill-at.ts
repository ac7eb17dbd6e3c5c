import type { Call } from '../../sandbox/faults.ts';
import type { Stage } from './stage.ts';

/** When the process dies, seen from one call: it never arrives, it is done but not answered, it is answered. */
export const MOMENTS = ['before it is done', 'after it is done', 'after it is answered'] as const;
export type Moment = (typeof MOMENTS)[number];

const PHASES = {
  'before it is done': 'received',
  'after it is done': 'done',
  'after it is answered': 'answered',
} as const satisfies Record<Moment, Call['phase']>;

/** A call's name; numbers in its path stand as `#`, for they differ from run to run. */
export const nameOf = ({ service, name }: Call) => withoutNumbers(`${service} ${name}`);

function withoutNumbers(call: string): string {
  return call.replaceAll(/\/\d+(?=\/|$)/g, '/#');
}

/** Kills the bot at the `nth` call of that name, or that fits, from now on; `done` resolves once it is dead. */
export function killAt(stage: Stage, call: string | ((call: Call) => boolean), nth: number, moment: Moment) {
  const fits = typeof call === 'string' ? (each: Call) => nameOf(each) === withoutNumbers(call) : call;
  let seen = 0;
  const { promise: done, resolve } = Promise.withResolvers<void>();
  let struck: number | undefined;
  const stop = stage.world.faults.onCall((each) => {
    if (!fits(each)) return;
    if (each.phase === 'received') {
      seen += 1;
      if (seen === nth) struck = each.id;
    }
    if (each.id !== struck || each.phase !== PHASES[moment]) return;
    stop();
    stage.bot.signal('SIGKILL');
    void stage.bot.kill().then(resolve);
  });
  return { done, stop };
}

/** A call that dies with its process before it arrives is not done by the other side either. */
export function loseCall(stage: Stage, call: string): void {
  const service = call.startsWith('slack') ? 'slack' : 'github';
  const name = withoutNumbers(call)
    .slice(service.length + 1)
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const match = `^${name.replaceAll('/#', '/\\d+')}$`;
  stage.world.faults.add({ service, on: 'call', match, effect: { kind: 'timeout' } });
}

export interface KillCase {
  readonly call: string;
  /** Which of the calls of that name it is. */
  readonly nth: number;
  readonly moment: Moment;
  /** Tells it from all others of one run. */
  readonly id: string;
}

/**
 * Plays one case for each call and moment, one after the other.
 *
 * @param survives plays a case; what does not stand as it should in the end, undefined when all does.
 * @returns what went wrong, and where.
 */
export async function failuresAt(
  calls: readonly string[],
  survives: (given: KillCase) => Promise<string | undefined>,
): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const given of casesOf(calls)) {
    const problem = await survives(given).catch(String);
    if (problem) failures.push(`killed at ${given.call} (${given.nth}), ${given.moment}: ${problem}`);
  }
  return failures;
}

function casesOf(calls: readonly string[]): readonly KillCase[] {
  return calls.flatMap((call, index) => {
    const nth = calls.slice(0, index + 1).filter((each) => each === call).length;
    return MOMENTS.map((moment, at) => ({ call, nth, moment, id: `${index}-${at}` }));
  });
}
