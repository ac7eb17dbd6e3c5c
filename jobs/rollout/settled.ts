import type { JobDeps } from '../deps.ts';
import { toldMark } from './keys.ts';

const SETTLED = 'settled';
/** Longer than anything is followed, in milliseconds. */
const KEPT_MS = 8 * 24 * 60 * 60_000;

/** Whether a rollout ended and was told of, so that it need not be looked at again; forgotten with Redis. */
export async function isSettled({ marks }: Pick<JobDeps, 'marks'>, rollout: string): Promise<boolean> {
  return (await marks.get(toldMark(rollout))) === SETTLED;
}

export async function settle({ marks }: Pick<JobDeps, 'marks'>, rollout: string): Promise<void> {
  await marks.put(toldMark(rollout), SETTLED, KEPT_MS);
}
