import { setTimeout as sleep } from 'node:timers/promises';
import { PermanentError, RetryableError } from '../../errors.ts';
import type { Connection } from './connection.ts';
import { ExpiredError } from './kubernetes-failure.ts';
import { type Listed, listAll } from './list.ts';
import type { Projection } from './projection.ts';
import { watchOnce } from './watch.ts';

export interface MirrorOptions<Kind> {
  readonly connection: Connection;
  readonly path: string;
  readonly projection: Projection<Kind>;
  /** Milliseconds until a list or a watch that failed is tried again. */
  readonly pollMs: number;
  /** Milliseconds after which everything is listed anew, whatever the watch has told. */
  readonly repairMs: number;
  readonly signal: AbortSignal;
  /** All objects, after a list; they are the receiver's to change. */
  onList(items: Map<string, Kind>): void;
  onChange(item: Kind): void;
  onGone(id: string): void;
  /** The cluster was heard from. */
  onAlive(): void;
  /** It could not be listed. */
  onFailure(error: unknown): void;
}

/**
 * Keeps a copy of a list at hand until `signal` is aborted. A watch brings changes. Whatever ends it or makes it fall
 * silent, listing anew makes good what was missed: at once after a 410, else after `pollMs`, and in any case after
 * `repairMs`.
 */
export async function keepMirror<Kind extends { readonly id: string }>(
  options: MirrorOptions<Kind>,
): Promise<void> {
  const { connection, path, projection, signal } = options;
  while (!signal.aborted) {
    let listed: Listed<Kind> | undefined;
    try {
      listed = await listAll(connection, path, projection);
      if (signal.aborted) return;
      options.onAlive();
      options.onList(listed.items);
    } catch (error) {
      if (signal.aborted) return;
      options.onFailure(error);
      await pause(isForbidden(error) ? options.repairMs : waitAfter(error, options.pollMs), signal);
    }
    if (listed !== undefined) await watchUntilRepair(options, listed.resourceVersion);
  }
}

async function watchUntilRepair<Kind>(options: MirrorOptions<Kind>, from: string): Promise<void> {
  const { connection, path, projection, pollMs, repairMs } = options;
  const due = AbortSignal.timeout(repairMs);
  const signal = AbortSignal.any([options.signal, due]);
  const handlers = {
    project: projection.one,
    changed: options.onChange,
    gone: options.onGone,
    alive: options.onAlive,
  };
  let version = from;
  while (!signal.aborted) {
    const begun = performance.now();
    try {
      version = await watchOnce(connection, path, version, handlers, signal);
      // A server that ends every watch at once must not be asked without end.
      if (performance.now() - begun < 1_000) await pause(Math.min(pollMs, 1_000), signal);
    } catch (error) {
      if (!signal.aborted && !(error instanceof ExpiredError)) await pause(waitAfter(error, pollMs), signal);
      return;
    }
  }
}

/** Rights do not come by themselves. */
function isForbidden(error: unknown): boolean {
  return error instanceof PermanentError && error.code === 'forbidden';
}

function waitAfter(error: unknown, pollMs: number): number {
  return error instanceof RetryableError ? Math.max(pollMs, error.retryInMs ?? 0) : pollMs;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
