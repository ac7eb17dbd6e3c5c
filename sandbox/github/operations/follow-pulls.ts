import type { Actor } from '../actor.ts';
import { type RefMove, zeroOid } from '../git.ts';
import type { Pull } from '../types.ts';
import { actorLogin, type GitHubWorld } from '../world.ts';
import { announcePull, note } from './announce-pull.ts';
import { dismissStaleReviews } from './dismiss-stale.ts';
import { rulesFor } from './rules.ts';

/** Lets open pull requests follow their branches: new heads, branches deleted, commits that reached the base by a push. */
export async function followPulls(
  world: GitHubWorld,
  actor: Actor,
  move: RefMove,
  merging?: Pull,
): Promise<void> {
  if (!move.ref.startsWith('refs/heads/')) return;
  const branch = move.ref.slice('refs/heads/'.length);
  for (const pull of world.state.pulls.values()) {
    if (pull.state !== 'open' || pull === merging) continue;
    if (pull.headRef === branch) await followHead(world, actor, pull, move);
    else if (pull.baseRef === branch) await followBase(world, actor, pull, move);
  }
}

async function followHead(world: GitHubWorld, actor: Actor, pull: Pull, move: RefMove): Promise<void> {
  if (move.to === zeroOid) {
    await closed(world, actor, pull);
    return note(world, actor, pull.number, 'head_ref_deleted');
  }
  const before = pull.headSha;
  if (!(await world.git.isAncestor(before, move.to))) {
    note(world, actor, pull.number, 'head_ref_force_pushed', { before, after: move.to });
  }
  pull.headSha = move.to;
  pull.baseSha = world.state.refs.get(`refs/heads/${pull.baseRef}`) ?? pull.baseSha;
  pull.updatedAt = world.iso();
  await keepHeadRef(world, pull);
  await announcePull(world, actor, pull, 'synchronize', { before, after: move.to });
  const rules = rulesFor(world, `refs/heads/${pull.baseRef}`);
  if (rules.some(({ rule }) => rule.parameters?.['dismiss_stale_reviews_on_push'] === true)) {
    await dismissStaleReviews(world, actor, pull);
  }
}

async function followBase(world: GitHubWorld, actor: Actor, pull: Pull, move: RefMove): Promise<void> {
  if (move.to === zeroOid) return closed(world, actor, pull);
  if (!(await world.git.isAncestor(pull.headSha, move.to))) return;
  pull.merged = true;
  pull.mergedAt = world.iso();
  pull.mergedBy = actorLogin(world, actor);
  pull.mergeCommitSha = pull.headSha;
  await closed(world, actor, pull);
}

async function closed(world: GitHubWorld, actor: Actor, pull: Pull): Promise<void> {
  pull.state = 'closed';
  pull.closedAt = world.iso();
  pull.updatedAt = world.iso();
  await announcePull(world, actor, pull, 'closed');
}

/** `refs/pull/N/head` stays fetchable for ever, as on GitHub. */
export async function keepHeadRef(world: GitHubWorld, pull: Pull): Promise<void> {
  const ref = `refs/pull/${pull.number}/head`;
  const from = world.state.refs.get(ref);
  await world.git.run(['update-ref', ref, pull.headSha, ...(from === undefined ? [] : [from])]);
  world.state.refs.set(ref, pull.headSha);
}
