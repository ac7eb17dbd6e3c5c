import { pulseMark } from '../../jobs/payloads.ts';
import type { OpenRequest } from '../../jobs/ports.ts';
import type { RepoName } from '../../src/domain/ids.ts';
import { type Understanding, understand } from '../../src/domain/understand.ts';
import type { HandlerDeps } from '../ports.ts';
import { soon } from './soon.ts';

export interface Knowledge {
  readonly understanding: Understanding;
  readonly openRequests: readonly OpenRequest[];
  /** Minutes since GitHub last confirmed it; undefined while that is recent. */
  readonly staleMinutes: number | undefined;
}

/** Three sweeps and some: below it, what is known of the repository is as fresh as it can be. */
const FRESH_MS = 90_000;

type Deps = Pick<HandlerDeps, 'snapshots' | 'marks' | 'now' | 'sleep'>;

/** What is at hand about a platform repository within `ms` milliseconds; undefined when nothing is. */
export async function knowledge(deps: Deps, repo: RepoName, ms: number): Promise<Knowledge | undefined> {
  const [snapshot, pulse] = await Promise.all([
    soon(deps.snapshots.current(repo), ms, deps.sleep),
    soon(deps.marks.get(pulseMark(repo)), ms, deps.sleep),
  ]);
  if (!snapshot) return undefined;
  const age = deps.now() - Math.max(snapshot.readAt, Number(pulse ?? 0));
  return {
    understanding: understand(snapshot.files),
    openRequests: snapshot.openRequests,
    staleMinutes: age > FRESH_MS ? age / 60_000 : undefined,
  };
}

/** Waits up to `ms` milliseconds for what is not at hand yet, having asked for it. */
export async function awaitKnowledge(
  deps: Deps & Pick<HandlerDeps, 'intake'>,
  repo: RepoName,
  ms: number,
): Promise<Knowledge | undefined> {
  // Without Redis nobody will fetch it, which the wait then shows.
  await soon(deps.intake.lookAtPlatform(repo), ms, deps.sleep);
  const end = deps.now() + ms;
  while (deps.now() < end) {
    const known = await knowledge(deps, repo, end - deps.now());
    if (known) return known;
    await deps.sleep(100);
  }
  return undefined;
}
