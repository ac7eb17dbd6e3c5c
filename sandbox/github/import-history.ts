import { type CommitObject, identityDate } from './git/objects.ts';
import { accountByEmail } from './identity.ts';
import { blankPull } from './operations/pulls.ts';
import type { GitHubWorld } from './world.ts';

/**
 * Makes a merged pull request of every `… (#N)` on the default branch: its head is that commit, its base the
 * commit's parent. Numbers that follow are higher. Authors without an account get one by their name.
 */
export async function importHistory(world: GitHubWorld): Promise<void> {
  const { state, git } = world;
  const tip = state.refs.get(`refs/heads/${state.repo.defaultBranch}`);
  if (tip === undefined) return;
  for (const sha of await git.log(tip, [], { firstParent: true, oldestFirst: true })) {
    const commit = await git.commit(sha);
    const title = commit?.message.split('\n')[0] ?? '';
    const number = Number(/\(#(\d{1,9})\)\s*$/.exec(title)?.[1]);
    const parent = commit?.parents[0];
    if (!commit || parent === undefined || !(number > 0) || state.pulls.has(number)) continue;
    importPull(world, commit, parent, number, title);
  }
  const refs = [...state.pulls.values()].map(
    (pull) => [`refs/pull/${pull.number}/head`, pull.headSha] as const,
  );
  if (refs.length === 0) return;
  await git.run(['update-ref', '--stdin'], refs.map(([ref, sha]) => `update ${ref} ${sha}\n`).join(''));
  for (const [ref, sha] of refs) state.refs.set(ref, sha);
}

function importPull(
  world: GitHubWorld,
  commit: CommitObject,
  parent: string,
  number: number,
  title: string,
): void {
  const { state } = world;
  const mergedAt = identityDate(commit.committer);
  const user = importAuthor(world, commit);
  state.reserveNumber(number);
  state.pulls.set(number, {
    ...blankPull(world),
    id: state.nextId(),
    issueId: state.nextId(),
    number,
    title: title.replace(/\s*\(#\d+\)\s*$/, ''),
    body: commit.message.split('\n').slice(1).join('\n').trim() || null,
    user,
    draft: false,
    state: 'closed',
    headRef: `pull-${number}`,
    headSha: commit.oid,
    baseRef: state.repo.defaultBranch,
    baseSha: parent,
    merged: true,
    mergedAt,
    mergedBy: user,
    mergeCommitSha: commit.oid,
    createdAt: identityDate(commit.author),
    updatedAt: mergedAt,
    closedAt: mergedAt,
  });
}

/** The login of a commit's author; one without an account gets one by the name. */
export function importAuthor(world: GitHubWorld, commit: CommitObject): string {
  const { name, email } = commit.author;
  const known = accountByEmail(world, email);
  if (known) return known.login;
  const login =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'unknown';
  if (!world.state.accounts.has(login)) {
    const createdAt = identityDate(commit.author);
    const id = world.state.nextId();
    world.state.accounts.set(login, { id, login, type: 'User', name, email, createdAt });
  }
  return login;
}
