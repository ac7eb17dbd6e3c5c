import { setTimeout as sleep } from 'node:timers/promises';
import type { ManagementView } from '../../domain/rollout/objects.ts';
import type { KindName, Served } from './kinds.ts';
import { createShelves, isGone, isHidden, pathsOf, type Site, toView } from './site.ts';

export interface FollowOptions {
  readonly management: string;
  readonly site: Site;
  readonly pollMs: number;
  readonly repairMs: number;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly onView: (view: ManagementView) => void;
}

/** Changes that come together are shown together, in milliseconds. */
const GATHER_MS = 100;

/** Shows a management cluster as it stands and after every change, until the signal is aborted. */
export async function follow(options: FollowOptions): Promise<void> {
  const { site, signal, pollMs, onView } = options;
  while (!signal.aborted) {
    try {
      const served = await site.served();
      if (signal.aborted) return;
      await followServed(options, served);
    } catch (error) {
      if (signal.aborted) return;
      onView(site.silent(error));
      await sleep(pollMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Ends when the signal is aborted, or when the cluster no longer serves what it served. */
async function followServed(options: FollowOptions, served: Served): Promise<void> {
  const { management, site, now, onView } = options;
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const shelves = createShelves(site);
  const failing = new Map<KindName, unknown>();
  const hidden = new Set<KindName>();
  const paths = pathsOf(served);
  const show = gathered(signal, () => {
    const [error] = failing.values();
    if (error !== undefined) onView(site.silent(error));
    else if (paths.every(([kind]) => shelves[kind].isFilled)) {
      site.heard();
      onView(toView(management, now(), shelves, hidden));
    }
  });
  await Promise.all(
    paths.map(([kind, path]) =>
      shelves[kind].keep({
        connection: site.connection,
        path,
        pollMs: options.pollMs,
        repairMs: options.repairMs,
        signal,
        onAlive() {
          hidden.delete(kind);
          if (failing.delete(kind)) show();
        },
        onNews: show,
        onFailure(error) {
          if (isGone(error)) ending.abort();
          if (isHidden(kind, error)) {
            hidden.add(kind);
            failing.delete(kind);
            shelves[kind].empty();
          } else failing.set(kind, error);
          show();
        },
      }),
    ),
  );
}

/** Calls at most once every `GATHER_MS`, and after the last wish at the latest then. */
function gathered(signal: AbortSignal, act: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      if (!signal.aborted) act();
    }, GATHER_MS).unref();
  };
}
