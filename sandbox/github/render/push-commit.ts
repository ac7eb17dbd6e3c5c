import { type Identity, identityDate } from '../git/objects.ts';
import { accountByEmail } from '../identity.ts';
import type { GitHubWorld } from '../world.ts';
import { emptyTree } from './commit.ts';

/** A commit as the `push` webhook shows it. */
export async function renderPushCommit(world: GitHubWorld, sha: string) {
  const commit = await world.git.commit(sha);
  if (!commit) throw new Error(`failed to read commit ${sha}`);
  const files = await world.git.diff(commit.parents[0] ?? emptyTree, sha);
  const paths = (...status: string[]): string[] =>
    files.filter((file) => status.includes(file.status)).map((file) => file.path);
  const renamedAway = files.flatMap((file) =>
    file.status === 'renamed' && file.previousPath ? [file.previousPath] : [],
  );
  return {
    id: sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message.trimEnd(),
    timestamp: identityDate(commit.committer),
    url: `${world.urls.repoHtml()}/commit/${sha}`,
    author: person(world, commit.author),
    committer: person(world, commit.committer),
    added: paths('added', 'renamed', 'copied'),
    removed: [...paths('removed'), ...renamedAway],
    modified: paths('modified', 'changed'),
  };
}

function person(world: GitHubWorld, who: Identity) {
  const account = accountByEmail(world, who.email);
  const username = who.email === 'noreply@github.com' ? 'web-flow' : account?.login;
  return { name: who.name, email: who.email, ...(username === undefined ? {} : { username }) };
}
