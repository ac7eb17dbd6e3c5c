import { once } from 'node:events';
import { Redis } from 'ioredis';
import type { Log } from '../../jobs/ports.ts';

/** Redis comes back within 10 s of an outage only when nobody sleeps longer than this between two tries. */
const LONGEST_RECONNECT_MS = 2_000;
const COMMAND_TIMEOUT_MS = 2_000;

const reconnecting = {
  retryStrategy: (tries: number) => Math.min(50 * 2 ** Math.min(tries, 10), LONGEST_RECONNECT_MS),
  connectTimeout: 5_000,
  keepAlive: 10_000,
  lazyConnect: true,
} as const;

/**
 * A connection for whoever must know at once whether Redis took something: commands fail while Redis is away and
 * after 2 s without an answer, instead of waiting in memory.
 */
export function connectForWriting(url: string, log: Log): Redis {
  const redis = new Redis(url, {
    ...reconnecting,
    enableOfflineQueue: false,
    commandTimeout: COMMAND_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
  });
  return started(redis, 'producer', log);
}

/** A connection for workers: BullMQ blocks on it and wants no limit of retries, see https://docs.bullmq.io/guide/connections. */
export function connectForWorkers(url: string, log: Log): Redis {
  const redis = new Redis(url, { ...reconnecting, maxRetriesPerRequest: null });
  return started(redis, 'workers', log);
}

function started(redis: Redis, use: string, log: Log): Redis {
  let lastMessage = '';
  redis.on('error', (error: Error) => {
    if (error.message !== lastMessage) log.warn({ use, err: error }, 'Redis does not answer');
    lastMessage = error.message;
  });
  redis.on('ready', () => {
    lastMessage = '';
    log.info({ use }, 'connected to Redis');
  });
  // The first connection may fail: the connection tries on, and the listener above tells.
  redis.connect().catch(() => undefined);
  return redis;
}

/** Resolves once Redis is connected, or after `ms` milliseconds whatever happens. */
export async function connected(redis: Redis, ms: number): Promise<void> {
  if (redis.status === 'ready') return;
  await once(redis, 'ready', { signal: AbortSignal.timeout(ms) }).catch(() => undefined);
}

export type RedisHealth =
  | { readonly kind: 'ok' }
  | { readonly kind: 'wrong'; readonly problem: string }
  | { readonly kind: 'unreachable'; readonly why: string };

/**
 * Whether Redis may hold the queue. A Redis that evicts keys when it is full would drop jobs without a word, so
 * every policy but `noeviction` is refused (https://docs.bullmq.io/guide/going-to-production#max-memory-policy).
 */
export async function checkRedis(redis: Redis): Promise<RedisHealth> {
  let memory: string;
  try {
    memory = await redis.info('memory');
  } catch (error) {
    return judgeFailure(error);
  }
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1];
  if (policy === undefined || policy === 'noeviction') return { kind: 'ok' };
  return {
    kind: 'wrong',
    problem: `REDIS_URL: Redis evicts keys when it is full (maxmemory-policy is ${policy}), which loses jobs; set maxmemory-policy to noeviction`,
  };
}

function judgeFailure(error: unknown): RedisHealth {
  const why = error instanceof Error ? error.message : String(error);
  if (!/^(WRONGPASS|NOAUTH|NOPERM)/.test(why)) return { kind: 'unreachable', why };
  return {
    kind: 'wrong',
    problem: `REDIS_URL: Redis refuses the user or password; put the right one there (${why})`,
  };
}

/** Resolves with Redis' answer to PING, or throws after at most 2 s. */
export async function pingRedis(redis: Redis): Promise<void> {
  await redis.ping();
}
