import type { CommitObject } from './git/objects.ts';
import { Problem } from './problem.ts';
import type { View } from './view.ts';
import type { GitHubWorld } from './world.ts';

/** The commit that a branch, a tag, a full ref name or an id (shortened too) stands for; undefined when none does. */
export async function resolveCommit(
  world: GitHubWorld,
  view: View,
  text: string,
): Promise<string | undefined> {
  for (const name of [text, `refs/${text}`, `refs/heads/${text}`, `refs/tags/${text}`]) {
    const oid = name.startsWith('refs/') || name === 'HEAD' ? view.refs.get(refOf(world, name)) : undefined;
    if (oid !== undefined) return world.git.peel(oid);
  }
  if (text === 'HEAD') return view.refs.get(`refs/heads/${world.state.repo.defaultBranch}`);
  if (/^[0-9a-f]{40}$/.test(text)) return world.git.peel(text);
  if (!/^[0-9a-f]{7,39}$/.test(text)) return undefined;
  const full = await world.git
    .run(['rev-parse', '--verify', '--quiet', `${text}^{commit}`])
    .catch(() => undefined);
  return full?.toString('utf8').trim();
}

/** The commit itself. @throws Problem 422 "No commit found for SHA" as the commit endpoints do. */
export async function commitOf(world: GitHubWorld, view: View, text: string): Promise<CommitObject> {
  const sha = await resolveCommit(world, view, text);
  const commit = sha === undefined ? undefined : await world.git.commit(sha);
  if (!commit) throw new Problem(422, `No commit found for SHA: ${text}`);
  return commit;
}

function refOf(world: GitHubWorld, name: string): string {
  return name === 'HEAD' ? `refs/heads/${world.state.repo.defaultBranch}` : name;
}
