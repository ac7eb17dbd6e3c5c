import type { DiffFile } from '../git/diff.ts';
import { type CommitObject, type Identity, identityDate } from '../git/objects.ts';
import { accountByEmail } from '../identity.ts';
import type { GitHubWorld } from '../world.ts';
import { renderAccount } from './accounts.ts';
import { renderVerification } from './verification.ts';

/** The tree of nothing, which git always has. */
export const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

export function renderSignature(who: Identity) {
  return { name: who.name, email: who.email, date: identityDate(who) };
}

/** GitHub's "git-commit", as in the git database. */
export function renderGitCommit(world: GitHubWorld, commit: CommitObject) {
  const api = world.urls.repoApi();
  return {
    sha: commit.oid,
    node_id: world.state.nodeId('Commit', commit.oid),
    url: `${api}/git/commits/${commit.oid}`,
    html_url: `${world.urls.repoHtml()}/commit/${commit.oid}`,
    author: renderSignature(commit.author),
    committer: renderSignature(commit.committer),
    tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
    message: commit.message.trimEnd(),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/git/commits/${sha}`,
      html_url: `${world.urls.repoHtml()}/commit/${sha}`,
    })),
    verification: renderVerification(world, commit),
  };
}

/** GitHub's "commit", as in lists, comparisons and branches. */
export function renderCommit(world: GitHubWorld, commit: CommitObject) {
  const api = world.urls.repoApi();
  const url = `${api}/commits/${commit.oid}`;
  const git = renderGitCommit(world, commit);
  return {
    sha: commit.oid,
    node_id: git.node_id,
    commit: {
      author: git.author,
      committer: git.committer,
      message: git.message,
      tree: git.tree,
      url: git.url,
      comment_count: 0,
      verification: git.verification,
    },
    url,
    html_url: git.html_url,
    comments_url: `${url}/comments`,
    author: renderAuthor(world, commit.author),
    committer: renderAuthor(world, commit.committer),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: `${world.urls.repoHtml()}/commit/${sha}`,
    })),
  };
}

/** With `stats` and `files`, as `GET /commits/{ref}` answers. */
export async function renderCommitWithFiles(world: GitHubWorld, commit: CommitObject) {
  const files = await world.git.diff(commit.parents[0] ?? emptyTree, commit.oid);
  const sum = (pick: (file: DiffFile) => number): number =>
    files.reduce((total, file) => total + pick(file), 0);
  const additions = sum((file) => file.additions);
  const deletions = sum((file) => file.deletions);
  return {
    ...renderCommit(world, commit),
    stats: { total: additions + deletions, additions, deletions },
    files: files.map((file) => renderDiffFile(world, file, commit.oid)),
  };
}

/** GitHub's "diff-entry". */
export function renderDiffFile(world: GitHubWorld, file: DiffFile, head: string) {
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: file.oid,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${world.urls.repoHtml()}/blob/${head}/${path}`,
    raw_url: `${world.urls.repoHtml()}/raw/${head}/${path}`,
    contents_url: `${world.urls.repoApi()}/contents/${path}?ref=${head}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previousPath === undefined ? {} : { previous_filename: file.previousPath }),
  };
}

/** The account behind an address; GitHub's own is the user `web-flow`. */
function renderAuthor(world: GitHubWorld, who: Identity) {
  if (who.email === 'noreply@github.com') return renderAccount(world, 'web-flow');
  const account = accountByEmail(world, who.email);
  return account ? renderAccount(world, account.login) : null;
}
