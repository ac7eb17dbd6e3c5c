import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again until the answer is not undefined (or false), for at most `ms` milliseconds.
 *
 * @throws an Error that names `what`, with the last error as its cause, when the time is over.
 */
export async function eventually<Answer>(
  what: string,
  ask: () => Answer | undefined | Promise<Answer | undefined>,
  ms = 10_000,
): Promise<Exclude<Answer, false>> {
  const end = Date.now() + ms;
  let cause: unknown;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer as Exclude<Answer, false>;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await sleep(25);
  }
  throw new Error(`${what}: not within ${ms} ms`, { cause });
}
