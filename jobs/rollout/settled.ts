import type { JobDeps } from '../deps.ts';
import { settledMark } from './keys.ts';

type Deps = Pick<JobDeps, 'marks'>;

/** Longer than anything is followed, in milliseconds. */
const KEPT_MS = 18 * 24 * 60 * 60_000;
/** What cannot be followed now is tried again after this, in milliseconds. */
const REST_MS = 10 * 60_000;

/**
 * Whether a rollout ended and was told of, so that it need not be looked at again; forgotten with Redis.
 *
 * @param stage see `Rollout`.
 */
export async function isSettled({ marks }: Deps, stage: string): Promise<boolean> {
  return (await marks.get(settledMark(stage))) !== undefined;
}

export async function settle({ marks }: Deps, stage: string): Promise<void> {
  await marks.put(settledMark(stage), 'settled', KEPT_MS);
}

/** Leaves a rollout alone for a while: nothing can be seen of it now. */
export async function putOff({ marks }: Deps, stage: string): Promise<void> {
  await marks.put(settledMark(stage), 'put-off', REST_MS);
}
