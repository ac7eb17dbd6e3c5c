import type { Actor } from '../actor.ts';
import { GitFailure } from '../git/run.ts';
import { type RefMove, zeroOid } from '../git.ts';
import { Problem, unprocessable } from '../problem.ts';
import type { Activity, Pull } from '../types.ts';
import { actorLogin, type GitHubWorld } from '../world.ts';
import { announceMove } from './announce-move.ts';
import { followPulls } from './follow-pulls.ts';
import { violations } from './rules.ts';

/**
 * Moves branches and tags for an actor, all or none: rules first, then git, then everything that follows from it
 * (activity, heads of pull requests, webhooks). The only way a ref moves, besides a git push.
 *
 * @param pull the pull request whose merge this is.
 * @throws Problem 422 when a rule forbids it (405 for a merge) or the ref has moved meanwhile.
 */
export async function moveRefs(
  world: GitHubWorld,
  actor: Actor,
  moves: readonly RefMove[],
  pull?: Pull,
): Promise<void> {
  for (const move of moves) {
    const said = await violations(world, actor, move, pull);
    if (said.length > 0) throw ruleProblem(said, pull ? 405 : 422);
  }
  await world.git.moveRefs(moves).catch((cause: unknown) => {
    if (!(cause instanceof GitFailure)) throw cause;
    throw unprocessable(
      cause.stderr.includes('cannot create') ? 'Reference cannot be created' : 'Reference has changed',
    );
  });
  await afterMoves(world, actor, moves, pull);
}

/** What follows once refs have moved in git. */
export async function afterMoves(
  world: GitHubWorld,
  actor: Actor,
  moves: readonly RefMove[],
  pull?: Pull,
): Promise<void> {
  for (const move of moves) {
    if (move.to === zeroOid) world.state.refs.delete(move.ref);
    else world.state.refs.set(move.ref, move.to);
  }
  world.state.repo.pushedAt = world.iso();
  for (const move of moves) {
    await recordActivity(world, actor, move, pull);
    await announceMove(world, actor, move);
    await followPulls(world, actor, move, pull);
    for (const listener of world.listeners.refMoved) await listener(world, actor, move);
  }
}

export function ruleProblem(sentences: readonly string[], status: number): Problem {
  return new Problem(status, `Repository rule violations found\n\n${sentences.join('\n\n')}\n\n`, {
    type: 'UNPROCESSABLE',
    documentationUrl: 'https://docs.github.com/rest/git/refs#update-a-reference',
  });
}

async function recordActivity(world: GitHubWorld, actor: Actor, move: RefMove, pull?: Pull): Promise<void> {
  const { ref, from: before, to: after } = move;
  const type = await activityType(world, move, pull !== undefined);
  const id = world.state.nextId();
  world.state.activities.push({
    id,
    before,
    after,
    ref,
    at: world.iso(),
    type,
    actor: actorLogin(world, actor),
  });
}

async function activityType(world: GitHubWorld, move: RefMove, merge: boolean): Promise<Activity['type']> {
  if (move.from === zeroOid) return 'branch_creation';
  if (move.to === zeroOid) return 'branch_deletion';
  if (merge) return 'pr_merge';
  const forward = move.ref.startsWith('refs/heads/') && (await world.git.isAncestor(move.from, move.to));
  return forward ? 'push' : 'force_push';
}
