import type { Actor } from '../actor.ts';
import { emit } from '../events.ts';
import { zeroOid } from '../git.ts';
import { gitHubIdentity, identityOf } from '../identity.ts';
import { unprocessable } from '../problem.ts';
import { renderSimpleCommit } from '../render/simple-commit.ts';
import type { Pull } from '../types.ts';
import type { GitHubWorld } from '../world.ts';
import { announcePull } from './announce-pull.ts';
import { mergeability } from './mergeability.ts';
import { moveRefs } from './move-refs.ts';
import { pullOf } from './pulls.ts';
import { missingChecks } from './required-checks.ts';
import { rulesFor } from './rules.ts';

/*
 * The queue of a branch with the rule "merge_queue". The sandbox builds one group at a time, for the first in the
 * queue; GitHub may build several on top of each other.
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue
 */

const groups = 'refs/heads/gh-readonly-queue/';

/** @throws Problem 404, or 422 without a queue, when the head is another or when it could not be merged. */
export function enqueuePull(
  world: GitHubWorld,
  actor: Actor,
  number: number,
  expected?: string,
): Promise<Pull> {
  return world.exclusive(async () => {
    const pull = pullOf(world, number);
    if (!queueRule(world, pull.baseRef))
      throw unprocessable(`Merge queue is not enabled for ${pull.baseRef}.`);
    if (expected !== undefined && expected !== pull.headSha)
      throw unprocessable('Head branch was modified. Review and try the merge again.');
    if (pull.queuedAt !== null) throw unprocessable('Pull request is already in the merge queue.');
    if ((await mergeability(world, pull)).state !== 'clean')
      throw unprocessable('Pull request is not in a mergeable state.');
    pull.queuedAt = new Date(world.now()).toISOString();
    await announcePull(world, actor, pull, 'enqueued');
    await build(world, pull.baseRef);
    return pull;
  });
}

/** Takes a pull request out of the queue. @throws Problem 404, or 422 when it is not in it. */
export function dequeuePull(world: GitHubWorld, actor: Actor, number: number): Promise<Pull> {
  return world.exclusive(async () => {
    const pull = pullOf(world, number);
    if (pull.queuedAt === null) throw unprocessable('Pull request is not in the merge queue.');
    await leave(world, actor, pull, 'MANUAL', 'dequeued');
    await build(world, pull.baseRef);
    return pull;
  });
}

/** The pull requests that wait to be merged into a branch, first come first. */
export function queueOf(pulls: Iterable<Pull>, branch: string): readonly Pull[] {
  return [...pulls]
    .filter((pull) => pull.queuedAt !== null && pull.baseRef === branch)
    .toSorted((one, other) => (one.queuedAt ?? '').localeCompare(other.queuedAt ?? ''));
}

/** Looks again at the group whose head is this commit, once a check of it has changed: merges it, or drops it. */
export async function advanceQueue(world: GitHubWorld, sha: string): Promise<void> {
  for (const [ref, head] of [...world.state.refs]) {
    const pull = head === sha && ref.startsWith(groups) ? pullOfGroup(world, ref) : undefined;
    if (!pull) continue;
    const verdict = await judge(world, pull, sha);
    if (verdict === 'waiting') continue;
    if (verdict === 'green') await merge(world, pull, ref, sha);
    else await leave(world, enqueuer(world, pull), pull, 'CI_FAILURE', 'invalidated');
    await build(world, pull.baseRef);
  }
}

function queueRule(world: GitHubWorld, branch: string) {
  return rulesFor(world, `refs/heads/${branch}`).find(({ rule }) => rule.type === 'merge_queue')?.rule;
}

function pullOfGroup(world: GitHubWorld, ref: string): Pull | undefined {
  const number = /\/pr-(\d+)-[0-9a-f]{40}$/.exec(ref)?.[1];
  const pull = world.state.pulls.get(Number(number));
  return pull && pull.queuedAt !== null ? pull : undefined;
}

/** Makes the first one's group: base and pull request merged, on a branch of its own, to be checked. */
async function build(world: GitHubWorld, branch: string): Promise<void> {
  const [pull] = queueOf(world.state.pulls.values(), branch);
  const base = world.state.refs.get(`refs/heads/${branch}`);
  if (!pull || base === undefined) return;
  const ref = `${groups}${branch}/pr-${pull.number}-${base}`;
  if (world.state.refs.has(ref)) return;
  const actor = enqueuer(world, pull);
  const head = await groupCommit(world, pull, base);
  if (head === undefined) {
    await leave(world, actor, pull, 'MERGE_CONFLICT', 'invalidated');
    return build(world, branch);
  }
  await moveRefs(world, actor, [{ ref, from: zeroOid, to: head }]);
  await tell(world, actor, 'checks_requested', ref, head, branch, base);
  await advanceQueue(world, head);
}

async function groupCommit(world: GitHubWorld, pull: Pull, base: string): Promise<string | undefined> {
  const tree = await world.git.mergeTree(base, pull.headSha);
  if (tree === undefined) return undefined;
  const squash = String(queueRule(world, pull.baseRef)?.parameters?.['merge_method'] ?? 'MERGE') === 'SQUASH';
  const message = squash
    ? `${pull.title} (#${pull.number})`
    : `Merge pull request #${pull.number} from ${world.state.repo.owner}/${pull.headRef}\n\n${pull.title}`;
  const sha = await world.git.writeCommit({
    tree,
    parents: squash ? [base] : [base, pull.headSha],
    author: identityOf(world, pull.user),
    committer: gitHubIdentity(world),
    message,
  });
  world.state.signedCommits.add(sha);
  return sha;
}

async function judge(world: GitHubWorld, pull: Pull, sha: string): Promise<'green' | 'red' | 'waiting'> {
  const required = rulesFor(world, `refs/heads/${pull.baseRef}`).filter(
    ({ rule }) => rule.type === 'required_status_checks',
  );
  const said = await Promise.all(
    required.map(({ rule }) => missingChecks(world, sha, rule.parameters ?? {}, undefined)),
  );
  const sentences = said.filter((sentence) => sentence !== undefined);
  if (sentences.some((sentence) => sentence.includes('failing'))) return 'red';
  return sentences.length > 0 ? 'waiting' : 'green';
}

async function merge(world: GitHubWorld, pull: Pull, group: string, to: string): Promise<void> {
  const actor = enqueuer(world, pull);
  const ref = `refs/heads/${pull.baseRef}`;
  const from = world.state.refs.get(ref) ?? zeroOid;
  await moveRefs(world, actor, [{ ref, from, to }], pull);
  pull.queuedAt = null;
  pull.merged = true;
  pull.state = 'closed';
  pull.mergedAt = world.iso();
  pull.closedAt = pull.mergedAt;
  pull.updatedAt = pull.mergedAt;
  pull.mergedBy = actor.kind === 'user' ? actor.login : world.state.botLogin();
  pull.mergeCommitSha = to;
  await announcePull(world, actor, pull, 'dequeued', { reason: 'MERGE' }, { reason: 'MERGE' });
  await announcePull(world, actor, pull, 'closed', {}, { commit: to });
  await dropGroup(world, actor, group, to, pull.baseRef, 'merged');
}

async function leave(
  world: GitHubWorld,
  actor: Actor,
  pull: Pull,
  reason: string,
  ending: 'dequeued' | 'invalidated',
): Promise<void> {
  const group = [...world.state.refs].find(
    ([ref]) => pullOfGroup(world, ref) === pull && ref.startsWith(groups),
  );
  pull.queuedAt = null;
  await announcePull(world, actor, pull, 'dequeued', { reason }, { reason });
  if (group) await dropGroup(world, actor, group[0], group[1], pull.baseRef, ending);
}

async function dropGroup(
  world: GitHubWorld,
  actor: Actor,
  ref: string,
  head: string,
  branch: string,
  reason: string,
): Promise<void> {
  const base = ref.slice(-40);
  await tell(world, actor, 'destroyed', ref, head, branch, base, { reason });
  await moveRefs(world, actor, [{ ref, from: head, to: zeroOid }]);
}

async function tell(
  world: GitHubWorld,
  actor: Actor,
  action: string,
  ref: string,
  head: string,
  branch: string,
  base: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  emit(world, 'merge_group', action, actor, {
    merge_group: {
      head_sha: head,
      head_ref: ref,
      base_sha: base,
      base_ref: `refs/heads/${branch}`,
      head_commit: await renderSimpleCommit(world, head),
    },
    ...more,
  });
}

/** Whoever put it into the queue is who merges it. */
function enqueuer(world: GitHubWorld, pull: Pull): Actor {
  const event = world.state.timeline.findLast(
    (each) => each.number === pull.number && each.event === 'enqueued',
  );
  if (event && event.actor !== world.state.botLogin()) return { kind: 'user', login: event.actor };
  return { kind: 'installation', permissions: world.state.app.permissions };
}
