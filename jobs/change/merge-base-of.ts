import type { CommitSha, RepoName } from '../../src/domain/ids.ts';
import type { JobDeps } from '../deps.ts';

/** The last commit that two histories share, which never changes; undefined when they share none. */
export async function mergeBaseOf(
  { changes, memory }: Pick<JobDeps, 'changes' | 'memory'>,
  repo: RepoName,
  base: CommitSha,
  head: CommitSha,
): Promise<CommitSha | undefined> {
  if (base === head) return base;
  const key = `${repo} ${base} ${head}`;
  const known = memory.mergeBases.get(key);
  if (known !== undefined) return known;
  const asked = memory.askedMergeBases;
  const asking = asked.get(key) ?? changes.readMergeBase(repo, base, head).finally(() => asked.delete(key));
  asked.set(key, asking);
  const found = await asking;
  // That GitHub does not know one of them yet is no lasting answer.
  if (found !== undefined) memory.mergeBases.put(key, found);
  return found;
}
