import type { Actor } from '../actor.ts';
import type { Identity } from '../git/objects.ts';
import { accountByEmail, gitHubIdentity, identityOf } from '../identity.ts';
import { conflict, notAllowed } from '../problem.ts';
import type { Pull } from '../types.ts';
import { actorLogin, type GitHubWorld } from '../world.ts';
import { announcePull } from './announce-pull.ts';
import { moveRefs, ruleProblem } from './move-refs.ts';
import { pullOf } from './pulls.ts';
import { rulesFor, violations } from './rules.ts';

export type MergeMethod = 'merge' | 'squash' | 'rebase';

export interface MergeInput {
  readonly method: MergeMethod;
  /** What the head must be. */
  readonly sha?: string | undefined;
  readonly title?: string | undefined;
  readonly message?: string | undefined;
}

/**
 * Merges a pull request into its base as real commits.
 *
 * @returns the id of the commit the base is at afterwards.
 * @throws Problem 404; 405 when it is not mergeable, not by this method, or a rule forbids it; 409 when the head moved.
 */
export function mergePull(
  world: GitHubWorld,
  actor: Actor,
  number: number,
  input: MergeInput,
): Promise<string> {
  return world.exclusive(async () => {
    const pull = pullOf(world, number);
    await checkMergeable(world, actor, pull, input);
    const ref = `refs/heads/${pull.baseRef}`;
    const base = world.state.refs.get(ref);
    if (base === undefined) throw notAllowed('Pull Request is not mergeable');
    const to = await makeCommits(world, actor, pull, base, input);
    if (to === undefined) throw notAllowed('Pull Request is not mergeable');
    await moveRefs(world, actor, [{ ref, from: base, to }], pull);
    pull.merged = true;
    pull.state = 'closed';
    pull.mergedAt = world.iso();
    pull.closedAt = pull.mergedAt;
    pull.updatedAt = pull.mergedAt;
    pull.mergedBy = actorLogin(world, actor);
    pull.mergeCommitSha = to;
    await announcePull(world, actor, pull, 'closed', {}, { commit: to });
    const head = `refs/heads/${pull.headRef}`;
    if (world.state.repo.deleteBranchOnMerge && world.state.refs.get(head) === pull.headSha) {
      await moveRefs(world, actor, [{ ref: head, from: pull.headSha, to: '0'.repeat(40) }]);
    }
    return to;
  });
}

async function checkMergeable(
  world: GitHubWorld,
  actor: Actor,
  pull: Pull,
  input: MergeInput,
): Promise<void> {
  const { repo } = world.state;
  if (pull.merged || pull.state !== 'open') throw notAllowed('Pull Request is not mergeable');
  if (input.sha !== undefined && input.sha !== pull.headSha) {
    throw conflict('Head branch was modified. Review and try the merge again.');
  }
  if (pull.draft) throw notAllowed('Pull Request is still a draft');
  if (input.method === 'squash' && !repo.allowSquashMerge)
    throw notAllowed('Squash merges are not allowed on this repository.');
  if (input.method === 'merge' && !repo.allowMergeCommit)
    throw notAllowed('Merge commits are not allowed on this repository.');
  if (input.method === 'rebase' && !repo.allowRebaseMerge)
    throw notAllowed('Rebase merges are not allowed on this repository.');
  const ref = `refs/heads/${pull.baseRef}`;
  if (rulesFor(world, ref).some(({ rule }) => rule.type === 'merge_queue') && pull.queuedAt === null) {
    throw notAllowed('Changes must be made through the merge queue');
  }
  const base = world.state.refs.get(ref) ?? pull.baseSha;
  if ((await world.git.mergeTree(base, pull.headSha)) === undefined)
    throw notAllowed('Pull Request has merge conflicts');
  const said = await violations(world, actor, { ref, from: base, to: pull.headSha }, pull);
  const beforeMerge = said.filter((sentence) => !sentence.includes('merge commits'));
  if (beforeMerge.length > 0) throw ruleProblem(beforeMerge, 405);
}

async function makeCommits(
  world: GitHubWorld,
  actor: Actor,
  pull: Pull,
  base: string,
  input: MergeInput,
): Promise<string | undefined> {
  if (input.method === 'rebase') return rebase(world, pull, base);
  const tree = await world.git.mergeTree(base, pull.headSha);
  if (tree === undefined) return undefined;
  const squash = input.method === 'squash';
  const sha = await world.git.writeCommit({
    tree,
    parents: squash ? [base] : [base, pull.headSha],
    author: identityOf(world, squash ? pull.user : actorLogin(world, actor)),
    committer: gitHubIdentity(world),
    message: squash ? await squashMessage(world, pull, base, input) : mergeMessage(world, pull, input),
  });
  world.state.signedCommits.add(sha);
  return sha;
}

function mergeMessage(world: GitHubWorld, pull: Pull, input: MergeInput): string {
  const title =
    input.title ?? `Merge pull request #${pull.number} from ${world.state.repo.owner}/${pull.headRef}`;
  const body = input.message ?? pull.title;
  return body === '' ? title : `${title}\n\n${body}`;
}

/** "title (#N)", and the commits' messages: one commit's body, several as a list, other authors credited. */
async function squashMessage(
  world: GitHubWorld,
  pull: Pull,
  base: string,
  input: MergeInput,
): Promise<string> {
  const title = input.title ?? `${pull.title} (#${pull.number})`;
  if (input.message !== undefined) return input.message === '' ? title : `${title}\n\n${input.message}`;
  const shas = await world.git.log(pull.headSha, [base], { oldestFirst: true, merges: false });
  const commits = (await Promise.all(shas.map((sha) => world.git.commit(sha)))).filter(
    (each) => each !== undefined,
  );
  const bodies =
    commits.length === 1
      ? commits.map((commit) => commit.message.split('\n').slice(1).join('\n').trim())
      : commits.map((commit) => `* ${commit.message.trim()}`);
  const coAuthors = new Set(
    commits
      .filter(
        (commit) => (accountByEmail(world, commit.author.email)?.login ?? commit.author.email) !== pull.user,
      )
      .map((commit) => `Co-authored-by: ${commit.author.name} <${commit.author.email}>`),
  );
  const credits = [...coAuthors].filter((line) => !bodies.some((body) => body.includes(line)));
  return [title, ...bodies, credits.join('\n')].filter((part) => part !== '').join('\n\n');
}

/** Each commit anew on top of the base; undefined when one conflicts. */
async function rebase(world: GitHubWorld, pull: Pull, base: string): Promise<string | undefined> {
  let tip = base;
  for (const sha of await world.git.log(pull.headSha, [base], { oldestFirst: true, merges: false })) {
    const commit = await world.git.commit(sha);
    const parent = commit?.parents[0];
    if (!commit || parent === undefined) return undefined;
    const tree = await pick(world, tip, parent, sha, commit.author);
    if (tree === undefined) return undefined;
    const { author, message } = commit;
    tip = await world.git.writeCommit({
      tree,
      parents: [tip],
      author,
      committer: gitHubIdentity(world),
      message,
    });
  }
  return tip;
}

/** A three-way merge with the picked commit's parent as base: a helper commit gives the tip's tree that parent. */
async function pick(
  world: GitHubWorld,
  tip: string,
  parent: string,
  sha: string,
  who: Identity,
): Promise<string | undefined> {
  const tree = (await world.git.commit(tip))?.tree;
  if (tree === undefined) return undefined;
  const helper = await world.git.writeCommit({
    tree,
    parents: [parent],
    author: who,
    committer: who,
    message: 'pick',
  });
  return world.git.mergeTree(helper, sha);
}
