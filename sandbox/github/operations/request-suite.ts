import type { Actor } from '../actor.ts';
import { emit } from '../events.ts';
import { type RefMove, zeroOid } from '../git.ts';
import { renderCheckSuite } from '../render/check-run.ts';
import type { GitHubWorld } from '../world.ts';
import { suiteFor } from './check-runs.ts';

/**
 * Every push to a branch makes a check suite for each App that writes checks, and asks the App to fill it.
 * https://docs.github.com/rest/guides/using-the-rest-api-to-interact-with-checks#about-check-suites
 */
export async function requestSuite(world: GitHubWorld, actor: Actor, move: RefMove): Promise<void> {
  const { state } = world;
  if (
    !move.ref.startsWith('refs/heads/') ||
    move.to === zeroOid ||
    state.app.permissions['checks'] !== 'write'
  )
    return;
  if ([...state.checkSuites.values()].some((suite) => suite.headSha === move.to)) return;
  const suite = await suiteFor(world, move.to, move.from);
  emit(world, 'check_suite', 'requested', actor, { check_suite: await renderCheckSuite(world, suite) });
}
