import { createLimiter, type LimiterOptions, type Toll } from '../../../src/adapters/github/limiter.ts';
import { slidingWindow } from '../../../src/adapters/github/sliding-window.ts';
import { RetryableError } from '../../../src/errors.ts';

const read: Toll = { resource: 'core', points: 1, creates: false };
const query: Toll = { resource: 'graphql', points: 1, creates: false };
const write: Toll = { resource: 'graphql', points: 5, creates: true };

/** A limiter on a clock that moves only when it waits or is told to. */
function limiterOnOwnClock(options: LimiterOptions = {}) {
  let time = 0;
  const waits: number[] = [];
  const limiter = createLimiter({
    now: () => time,
    wait: async (ms) => {
      waits.push(ms);
      time += ms;
    },
    ...options,
  });
  const go = (toll: Toll, headers: Record<string, string> = {}) =>
    limiter.pass(toll, async () => ({ headers }));
  const many = async (toll: Toll, times: number) => {
    for (let n = 0; n < times; n += 1) await go(toll);
  };
  return { limiter, go, many, waits, later: (ms: number) => (time += ms) };
}

describe('limits a minute', () => {
  const table: [string, Toll, number][] = [
    ['900 points of REST', read, 900],
    ['2,000 points of GraphQL', query, 2_000],
    ['80 requests that make content', write, 80],
  ];
  it.each(table)('lets through %s, then says when to come back', async (_, toll, most) => {
    const { go, many, later, waits } = limiterOnOwnClock();
    await many(toll, most);
    await expect(go(toll)).rejects.toMatchObject({ name: 'RetryableError', retryInMs: 60_000 });
    expect(waits).toEqual([]);
    later(60_000);
    await go(toll);
  });

  it('leave three quarters of what may be made to what people wait for', async () => {
    const { go, many, later } = limiterOnOwnClock();
    await many({ ...write, yields: true }, 20);
    await expect(go({ ...write, yields: true })).rejects.toMatchObject({ retryInMs: 60_000 });
    await many(write, 60);
    await expect(go(write)).rejects.toBeInstanceOf(RetryableError);
    later(60_000);
    await go({ ...write, yields: true });
  });

  it('count REST and GraphQL apart', async () => {
    const { go, many } = limiterOnOwnClock();
    await many(read, 900);
    await go(query);
  });

  it('are shared out among replicas', async () => {
    const { go, many } = limiterOnOwnClock({ share: 0.5 });
    await many(read, 450);
    await expect(go(read)).rejects.toBeInstanceOf(RetryableError);
  });

  it('are waited for when it takes less than a second', async () => {
    const { go, many, later, waits } = limiterOnOwnClock();
    await many(read, 900);
    later(59_400);
    await go(read);
    expect(waits).toEqual([600]);
  });
});

it('makes at most 500 pieces of content an hour', async () => {
  const { go, many, later } = limiterOnOwnClock();
  for (let minute = 0; minute < 10; minute += 1) {
    await many(write, 50);
    later(60_000);
  }
  await expect(go(write)).rejects.toMatchObject({ name: 'RetryableError', retryInMs: 50 * 60_000 });
  await go(query);
});

it('has at most 100 requests under way', async () => {
  const { limiter, go } = limiterOnOwnClock();
  const ends: (() => void)[] = [];
  const running = Array.from({ length: 100 }, () =>
    limiter.pass(
      read,
      () =>
        new Promise<{ headers: object & Record<string, string> }>((resolve) => {
          ends.push(() => resolve({ headers: {} }));
        }),
    ),
  );
  await new Promise((resolve) => setImmediate(resolve));
  await expect(go(read)).rejects.toBeInstanceOf(RetryableError);
  for (const end of ends) end();
  await Promise.all(running);
  await go(read);
});

describe('the hour’s limit', () => {
  const date = 'Mon, 01 Jun 2026 12:00:00 GMT';
  const reset = String(Date.parse('2026-06-01T12:10:00Z') / 1000);

  it('stops that resource before it is overdrawn, until GitHub resets it', async () => {
    const { go, later } = limiterOnOwnClock();
    const headers = {
      date,
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': reset,
      'x-ratelimit-resource': 'core',
    };
    await go(read, headers);
    await expect(go(read)).rejects.toMatchObject({ name: 'RetryableError', retryInMs: 600_000 });
    await go(query);
    later(600_000);
    await go(read);
  });

  it('leaves what is under way its share', async () => {
    const { limiter, go } = limiterOnOwnClock();
    const headers = { date, 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': reset };
    await limiter.pass(read, async () => {
      await go(read, headers);
      await expect(go(read)).rejects.toBeInstanceOf(RetryableError);
      return { headers: {} };
    });
  });
});

describe('when GitHub says that we are too fast', () => {
  it('waits a minute, and longer when it goes on, until something gets through', async () => {
    const { limiter, go, later } = limiterOnOwnClock();
    expect([1, 2, 3, 4].map(() => limiter.slowDown(read, {}))).toEqual([60_000, 60_000, 120_000, 240_000]);
    later(240_000);
    await go(read);
    expect(limiter.slowDown(read, {})).toBe(60_000);
  });

  it('waits as long as GitHub asks, a date being understood too', () => {
    const { limiter } = limiterOnOwnClock();
    expect(limiter.slowDown(read, { 'retry-after': '5' })).toBe(5_000);
    const dates = { date: 'Mon, 01 Jun 2026 12:00:00 GMT', 'retry-after': 'Mon, 01 Jun 2026 12:00:09 GMT' };
    expect(limiter.slowDown(read, dates)).toBe(9_000);
  });
});

it('a failed request gives its place back', async () => {
  const { limiter, go } = limiterOnOwnClock();
  for (let n = 0; n < 120; n += 1) {
    await limiter.pass(read, () => Promise.reject(new Error('sample'))).catch(() => undefined);
  }
  await go(read);
});

describe('a sliding window', () => {
  it('tells the wait for more than one point', () => {
    const window = slidingWindow(10, 1_000);
    window.spend(4, 0);
    window.spend(4, 300);
    expect(window.waitMs(2, 400)).toBe(0);
    expect(window.waitMs(5, 400)).toBe(600);
    expect(window.waitMs(10, 400)).toBe(900);
  });
});
