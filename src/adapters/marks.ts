import type { Redis } from 'ioredis';
import type { Marks } from '../../jobs/ports.ts';
import { RetryableError } from '../errors.ts';

const PREFIX = 'trunkline:mark:';

/** Marks in Redis. Every method throws `RetryableError` when Redis does not answer. */
export function createMarks(redis: Redis): Marks {
  return {
    set: (name, ms) => asked(async () => (await redis.set(PREFIX + name, '1', 'PX', ms, 'NX')) === 'OK'),
    take: (name, holder, ms) =>
      asked(async () => {
        await redis.set(PREFIX + name, holder, 'PX', ms, 'NX');
        return (await redis.get(PREFIX + name)) ?? holder;
      }),
    left: (name) => asked(async () => Math.max(0, await redis.pttl(PREFIX + name))),
    get: (name) => asked(async () => (await redis.get(PREFIX + name)) ?? undefined),
    put: (name, value, ms) =>
      asked(async () => {
        await redis.set(PREFIX + name, value, 'PX', ms);
      }),
    clear: (name) =>
      asked(async () => {
        await redis.del(PREFIX + name);
      }),
  };
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    throw new RetryableError('failed to ask Redis for a mark', { cause });
  }
}
