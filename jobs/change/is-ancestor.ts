import type { CommitSha, RepoName } from '../../src/domain/ids.ts';
import type { JobDeps } from '../deps.ts';

/** Whether a commit is in the history of another, itself included; asked once, for it never changes. */
export async function isAncestor(
  { releases, memory }: Pick<JobDeps, 'releases' | 'memory'>,
  repo: RepoName,
  commit: CommitSha,
  of: CommitSha,
): Promise<boolean> {
  if (commit === of) return true;
  const key = `${repo} ${commit} ${of}`;
  const known = memory.ancestors.get(key) ?? (await releases.isAncestor(repo, commit, of));
  memory.ancestors.put(key, known);
  return known;
}
