import type { RepoName } from '../../domain/ids.ts';
import type { GitHubContext } from './github-context.ts';
import { readTexts } from './read-texts.ts';
import type { TreeFile } from './read-tree.ts';
import type { RepositoryMemory } from './repository-memory.ts';

/** A pull request of many small files takes few requests. */
const BATCH_FILES = 400;

/** Taken for the size of a file whose commit is not remembered: a hundred of them then go into one request. */
const UNKNOWN_BYTES = 10 * 1024;

/**
 * Texts by blob id, of files that `readCommitFiles` listed: one request for each four hundred that are new. What is binary,
 * huge or a link has none.
 */
export async function readBlobs(
  context: GitHubContext,
  { texts, commits }: RepositoryMemory,
  repo: RepoName,
  wanted: readonly { readonly path: string; readonly oid: string }[],
): Promise<ReadonlyMap<string, string>> {
  const oids = new Set(wanted.map(({ oid }) => oid));
  const known = commits.find(oids);
  const files = [...oids].map((oid): TreeFile => {
    const { bytes, isLink } = known.get(oid) ?? { bytes: UNKNOWN_BYTES, isLink: false };
    return { path: oid, oid, bytes, isLink };
  });
  return await readTexts(context, texts, repo, files, BATCH_FILES);
}
