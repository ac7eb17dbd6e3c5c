import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';
import zlib from 'node:zlib';
import { asWorld, currentLife } from './life.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** Who says what time it is and which number comes next; each seed brings its own. */
export interface Reign {
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** What the outside world's own requests, its webhooks, go through. */
  readonly fetch: typeof fetch;
}

let reign: Reign | undefined;

/** Puts a seed in charge. */
export function crown(next: Reign): void {
  reign = next;
}

function ruling(): Reign {
  if (reign === undefined) throw new Error('no seed is in charge of the time yet');
  return reign;
}

const RealDate = Date;

function now(): number {
  return Math.floor(ruling().scheduler.now) + (currentLife()?.clockAheadMs ?? 0);
}

class SeededDate extends RealDate {
  constructor(...given: readonly unknown[]) {
    super(...((given.length === 0 ? [now()] : given) as []));
  }

  static override now(): number {
    return now();
  }
}

interface Timer {
  off: () => void;
  ref(): Timer;
  unref(): Timer;
}

function timerOf(off: () => void): Timer {
  const timer: Timer = { off, ref: () => timer, unref: () => timer };
  return timer;
}

function later(run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): Timer {
  return timerOf(ruling().scheduler.plan(Number(ms) || 0, () => run(...given)));
}

function every(run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): Timer {
  const timer = timerOf(() => undefined);
  const round = () => {
    timer.off = ruling().scheduler.plan(ms, () => {
      round();
      run(...given);
    });
  };
  round();
  return timer;
}

function bytes(size: number): Buffer {
  const { random } = ruling();
  return Buffer.from(Array.from({ length: size }, () => random.whole(0, 255)));
}

function uuid(): string {
  const hex = bytes(16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function sleep(ms = 0, value?: unknown, options: { readonly signal?: AbortSignal } = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const off = ruling().scheduler.plan(ms, () => resolve(value));
    options.signal?.addEventListener('abort', () => {
      off();
      reject(options.signal?.reason);
    });
  });
}

function timeoutSignal(ms: number): AbortSignal {
  const controller = new AbortController();
  ruling().scheduler.plan(ms, () => controller.abort(new DOMException('timed out', 'TimeoutError')));
  return controller.signal;
}

type Packed = (content: string | Buffer, done: (error: Error | null, packed: Buffer) => void) => void;

/** Off the main thread, work would end whenever it likes; and what is packed here is unpacked here. */
const unpacked: Packed = (content, done) => queueMicrotask(() => done(null, Buffer.from(content)));

/**
 * Puts a seed's time, timers and random numbers in the place of the machine's, for the whole process. To be called
 * before anything of the bot is loaded.
 */
export function takeOverTime(): void {
  Object.assign(globalThis, {
    Date: SeededDate,
    setTimeout: later,
    setInterval: every,
    clearTimeout: (timer?: Timer) => timer?.off?.(),
    clearInterval: (timer?: Timer) => timer?.off?.(),
    fetch: (...given: Parameters<typeof fetch>) => asWorld(() => ruling().fetch(...given)),
  });
  performance.now = () => ruling().scheduler.now;
  AbortSignal.timeout = timeoutSignal;
  Math.random = () => ruling().random.next();
  Object.assign(timersPromises, { setTimeout: sleep });
  Object.assign(crypto, {
    randomUUID: uuid,
    randomBytes: bytes,
    randomInt: (least: number, most?: number) =>
      most === undefined ? ruling().random.whole(0, least - 1) : ruling().random.whole(least, most - 1),
  });
  Object.assign(zlib, { deflate: unpacked, inflate: unpacked });
  syncBuiltinESMExports();
}
