import { identityDate } from '../git/objects.ts';
import type { GitHubWorld } from '../world.ts';

/** GitHub's "simple-commit". @throws when there is no such commit. */
export async function renderSimpleCommit(world: GitHubWorld, sha: string) {
  const commit = await world.git.commit(sha);
  if (!commit) throw new Error(`failed to find the commit ${sha}`);
  return {
    id: sha,
    tree_id: commit.tree,
    message: commit.message.trimEnd(),
    timestamp: identityDate(commit.author),
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}
