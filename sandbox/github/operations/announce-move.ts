import type { Actor } from '../actor.ts';
import { emit } from '../events.ts';
import { type RefMove, zeroOid } from '../git.ts';
import { identityOf } from '../identity.ts';
import { renderPushCommit } from '../render/push-commit.ts';
import { actorLogin, type GitHubWorld } from '../world.ts';

/** GitHub lists at most so many commits in a push. https://docs.github.com/webhooks/webhook-events-and-payloads#push */
const mostCommits = 2048;

/** Sends `push` and, for a ref that comes or goes, `create` or `delete`. */
export async function announceMove(world: GitHubWorld, actor: Actor, move: RefMove): Promise<void> {
  const created = move.from === zeroOid;
  const deleted = move.to === zeroOid;
  const branch = move.ref.startsWith('refs/heads/');
  if (!branch && !move.ref.startsWith('refs/tags/')) return;
  const ref = move.ref.replace(/^refs\/(heads|tags)\//, '');
  const refType = branch ? 'branch' : 'tag';
  const { repo } = world.state;
  if (created) {
    const { description } = repo;
    const payload = {
      ref,
      ref_type: refType,
      master_branch: repo.defaultBranch,
      description,
      pusher_type: 'user',
    };
    emit(world, 'create', undefined, actor, payload);
  }
  if (deleted) emit(world, 'delete', undefined, actor, { ref, ref_type: refType, pusher_type: 'user' });
  emit(world, 'push', undefined, actor, await pushPayload(world, actor, move));
}

async function pushPayload(
  world: GitHubWorld,
  actor: Actor,
  move: RefMove,
): Promise<Record<string, unknown>> {
  const created = move.from === zeroOid;
  const deleted = move.to === zeroOid;
  const head = deleted ? undefined : await world.git.peel(move.to);
  const news = head === undefined ? [] : await newCommits(world, move, head);
  const commits = await Promise.all(news.map((sha) => renderPushCommit(world, sha)));
  const login = actorLogin(world, actor);
  const range =
    created || deleted
      ? (head ?? move.from).slice(0, 12)
      : `${move.from.slice(0, 12)}...${move.to.slice(0, 12)}`;
  return {
    ref: move.ref,
    before: move.from,
    after: move.to,
    created,
    deleted,
    forced: !created && !deleted && !(await isForward(world, move)),
    base_ref: null,
    compare: `${world.urls.repoHtml()}/compare/${range}`,
    commits,
    head_commit: head === undefined ? null : await renderPushCommit(world, head),
    pusher: { name: login, email: identityOf(world, login).email },
  };
}

async function isForward(world: GitHubWorld, move: RefMove): Promise<boolean> {
  return move.ref.startsWith('refs/heads/') && world.git.isAncestor(move.from, move.to);
}

/** Oldest first: what no other branch had before; nothing for tags. */
async function newCommits(world: GitHubWorld, move: RefMove, head: string): Promise<readonly string[]> {
  if (!move.ref.startsWith('refs/heads/')) return [];
  const others = [...world.state.refs].filter(([ref]) => ref.startsWith('refs/heads/') && ref !== move.ref);
  const known = move.from === zeroOid ? others.map(([, sha]) => sha) : [move.from];
  return world.git.log(head, known, { oldestFirst: true, most: mostCommits });
}
