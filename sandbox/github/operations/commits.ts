import type { Actor } from '../actor.ts';
import type { TreeChange } from '../git/edit-tree.ts';
import type { Identity } from '../git/objects.ts';
import { actorIdentity, gitHubIdentity } from '../identity.ts';
import { notFound, staleData, unprocessable } from '../problem.ts';
import type { GitHubWorld } from '../world.ts';
import { moveRefs } from './move-refs.ts';

export interface NewCommitInput {
  readonly message: string;
  readonly tree: string;
  readonly parents: readonly string[];
  /** The actor when left out; only then does GitHub sign the App's commit. */
  readonly author?: Identity | undefined;
  readonly committer?: Identity | undefined;
}

/** Writes a commit that no ref has yet and returns its id. */
export async function createCommit(world: GitHubWorld, actor: Actor, input: NewCommitInput): Promise<string> {
  if ((await world.git.object(input.tree))?.type !== 'tree') throw unprocessable('Tree SHA does not exist');
  for (const parent of input.parents) {
    if (!(await world.git.commit(parent)))
      throw unprocessable('Parent SHA does not exist or is not a commit object');
  }
  const own = input.author === undefined && input.committer === undefined;
  const author = input.author ?? actorIdentity(world, actor);
  const committer = input.committer ?? (own ? gitHubIdentity(world) : author);
  const sha = await world.git.writeCommit({ ...input, author, committer });
  if (own) world.state.signedCommits.add(sha);
  return sha;
}

export interface CommitOnBranchInput {
  /** Branch name without `refs/heads/`. */
  readonly branch: string;
  /** What the branch must be at; unchecked when undefined (REST's contents). */
  readonly expectedHeadOid: string | undefined;
  /** Headline, or headline, blank line and body. */
  readonly message: string;
  readonly additions: readonly { readonly path: string; readonly contents: Buffer }[];
  readonly deletions: readonly { readonly path: string }[];
  readonly author?: Identity | undefined;
  readonly committer?: Identity | undefined;
}

/**
 * One commit with these files on top of a branch.
 *
 * @returns the new commit's id.
 * @throws Problem 404 without the branch, STALE_DATA when it is elsewhere, 422 for bad paths or rules.
 */
export function commitOnBranch(
  world: GitHubWorld,
  actor: Actor,
  input: CommitOnBranchInput,
): Promise<string> {
  return world.exclusive(async () => {
    const ref = `refs/heads/${input.branch}`;
    const head = world.state.refs.get(ref);
    if (head === undefined) throw notFound();
    if (input.expectedHeadOid !== undefined && input.expectedHeadOid !== head) {
      throw staleData(
        `Expected branch to point to "${input.expectedHeadOid}" but it did not. Pull and try again.`,
      );
    }
    const tree = await world.git.editTree(head, await treeChanges(world, head, input));
    const { message, author, committer } = input;
    const sha = await createCommit(world, actor, { message, tree, parents: [head], author, committer });
    await moveRefs(world, actor, [{ ref, from: head, to: sha }]);
    return sha;
  });
}

async function treeChanges(
  world: GitHubWorld,
  head: string,
  input: CommitOnBranchInput,
): Promise<TreeChange[]> {
  const changes: TreeChange[] = [];
  for (const { path } of input.deletions) {
    checkPath(path);
    if (!(await world.git.at(head, path)))
      throw unprocessable(`A path was requested for deletion which does not exist: ${path}`);
    changes.push({ path, oid: undefined });
  }
  for (const { path, contents } of input.additions) {
    checkPath(path);
    const old = await world.git.at(head, path);
    const mode = old?.type === 'blob' ? old.mode : '100644';
    changes.push({ path, mode, oid: await world.git.writeBlob(contents) });
  }
  return changes;
}

/** @throws Problem 422 for what git would not hold as a path. */
export function checkPath(path: string): void {
  const parts = path.split('/');
  const bad = parts.some(
    (part) => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git',
  );
  if (bad || path.includes('\0')) throw unprocessable(`path ${JSON.stringify(path)} is not valid`);
}
