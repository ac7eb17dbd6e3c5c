import type { Snapshot } from '../../../jobs/ports.ts';
import type { RepoName } from '../../domain/ids.ts';
import type { Policy } from '../../domain/policy.ts';
import type { GitHubContext } from './github-context.ts';
import { readHead } from './read-head.ts';
import { readPolicy, readRelevantTexts } from './read-relevant-texts.ts';
import { readTree } from './read-tree.ts';
import type { RepositoryMemory } from './repository-memory.ts';
import { learnReviewNames, wishedNames } from './review-names.ts';

/**
 * The default branch as it is now. One request when the head's tree is the one of last time; else one more for the
 * tree, one for each hundred files that are new, and one for labels and reviewers that are new in the policy.
 */
export async function readSnapshot(
  context: GitHubContext,
  memory: RepositoryMemory,
  repo: RepoName,
): Promise<Snapshot> {
  const { defaultBranch, commit, tree, openRequests, openPulls, at } = await readHead(context, repo);
  const last = memory.trees.get(repo);
  const known = last?.tree === tree ? last.files : memory.commits.get(repo, commit);
  const files = known ?? (await readTree(context, repo, tree));
  memory.trees.set(repo, { tree, files });
  memory.commits.put(repo, commit, files);
  memory.branches.set(repo, defaultBranch);
  const policy = await readPolicy(context, memory.texts, repo, files);
  await warmUp(context, repo, policy);
  const texts = await readRelevantTexts(context, memory.texts, repo, files, policy);
  const paths = files.map(({ path }) => path);
  return { repo, files: { commit, defaultBranch, paths, texts }, openRequests, openPulls, readAt: at };
}

/** Looks up whom the policy asks for reviews, so that a request needs no query for that later. */
async function warmUp(context: GitHubContext, repo: RepoName, policy: Policy): Promise<void> {
  const { labels, reviewers, teams } = policy.pullRequest;
  const names = wishedNames({ repo, labels, reviewers, teams });
  await learnReviewNames(context, repo, names).catch((error: unknown) => {
    context.log.info({ repo, err: error }, 'could not look up labels and reviewers ahead of time');
  });
}
