import { z } from 'zod';
import type { CommitFiles } from '../../../jobs/release/release-ports.ts';
import type { CommitSha, RepoName } from '../../domain/ids.ts';
import { PermanentError } from '../../errors.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import { readQuery } from './graph-failure.ts';
import { readPolicy, readRelevantTexts } from './read-relevant-texts.ts';
import { readTree, type TreeFile } from './read-tree.ts';
import type { RepositoryMemory } from './repository-memory.ts';

export const defaultBranchQuery = `
query DefaultBranch($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { defaultBranchRef { name } }
}`;

const shape = z.object({
  repository: z.object({ defaultBranchRef: z.object({ name: z.string() }).nullable() }),
});

/**
 * The files of a commit, the texts of those that matter by that commit's own policy. No request when commit and texts
 * are known; else one for the list of files, and one for each hundred texts that are new.
 */
export async function readCommitFiles(
  context: GitHubContext,
  memory: RepositoryMemory,
  repo: RepoName,
  commit: CommitSha,
): Promise<CommitFiles> {
  const files = memory.commits.get(repo, commit) ?? (await readOnce(context, memory, repo, commit));
  memory.commits.put(repo, commit, files);
  const policy = await readPolicy(context, memory.texts, repo, files);
  const texts = await readRelevantTexts(context, memory.texts, repo, files, policy);
  const defaultBranch = memory.branches.get(repo) ?? (await readDefaultBranch(context, repo));
  memory.branches.set(repo, defaultBranch);
  return {
    files: { commit, defaultBranch, paths: files.map(({ path }) => path), texts },
    oids: new Map(files.map(({ path, oid }) => [path, oid])),
  };
}

/** Asked by a commit, GitHub lists its tree. */
async function readOnce(
  context: GitHubContext,
  { reading }: RepositoryMemory,
  repo: RepoName,
  commit: CommitSha,
): Promise<readonly TreeFile[]> {
  const key = `${repo} ${commit}`;
  const under = reading.get(key) ?? readTree(context, repo, commit).finally(() => reading.delete(key));
  reading.set(key, under);
  return under;
}

async function readDefaultBranch({ client }: GitHubContext, repo: RepoName): Promise<string> {
  const what = `read the default branch of ${repo}`;
  const variables = ownerAndName(repo);
  const answer = await client.query(repo, what, { query: defaultBranchQuery, variables });
  const { defaultBranchRef } = readQuery(what, answer, shape).repository;
  if (defaultBranchRef === null) {
    throw new PermanentError('empty-repository', `${repo} has no default branch`);
  }
  return defaultBranchRef.name;
}
