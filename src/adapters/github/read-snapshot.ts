import type { Snapshot } from '../../../jobs/ports.ts';
import type { RepoName } from '../../domain/ids.ts';
import { type Policy, parsePolicy, policyPath } from '../../domain/policy.ts';
import { isRelevantPath } from '../../domain/read-platform.ts';
import { PermanentError } from '../../errors.ts';
import type { GitHubContext } from './github-context.ts';
import { readHead } from './read-head.ts';
import { readTexts } from './read-texts.ts';
import { readTree, type TreeFile } from './read-tree.ts';
import { learnReviewNames, wishedNames } from './review-names.ts';
import type { TextCache } from './text-cache.ts';

/** What is remembered from one snapshot to the next. */
export interface SnapshotMemory {
  readonly texts: TextCache;
  /** The last tree of every repository; a tree's id names its content, so it never goes stale. */
  readonly trees: Map<RepoName, { readonly tree: string; readonly files: readonly TreeFile[] }>;
}

/**
 * The default branch as it is now. One request when the head's tree is the one of last time; else one more for the
 * tree, one for each hundred files that are new, and one for labels and reviewers that are new in the policy.
 */
export async function readSnapshot(
  context: GitHubContext,
  memory: SnapshotMemory,
  repo: RepoName,
): Promise<Snapshot> {
  const { defaultBranch, commit, tree, openRequests, at } = await readHead(context, repo);
  const last = memory.trees.get(repo);
  const files = last?.tree === tree ? last.files : await readTree(context, repo, tree);
  memory.trees.set(repo, { tree, files });
  const policy = await readPolicy(context, memory, repo, files);
  await warmUp(context, repo, policy);
  const relevant = files.filter(({ path }) => isRelevantPath(path, policy));
  const texts = await readTexts(context, memory.texts, repo, relevant);
  const paths = files.map(({ path }) => path);
  return { repo, files: { commit, defaultBranch, paths, texts }, openRequests, readAt: at };
}

/** Looks up whom the policy asks for reviews, so that a request needs no query for that later. */
async function warmUp(context: GitHubContext, repo: RepoName, policy: Policy): Promise<void> {
  const { labels, reviewers, teams } = policy.pullRequest;
  const names = wishedNames({ repo, labels, reviewers, teams });
  await learnReviewNames(context, repo, names).catch((error: unknown) => {
    context.log.info({ repo, err: error }, 'could not look up labels and reviewers ahead of time');
  });
}

/** Which files matter depends on the layout in the policy; where that is wrong, the defaults say it. */
async function readPolicy(
  context: GitHubContext,
  { texts }: SnapshotMemory,
  repo: RepoName,
  files: readonly TreeFile[],
): Promise<Policy> {
  const itself = files.filter(({ path }) => path === policyPath);
  const parsed = parsePolicy((await readTexts(context, texts, repo, itself)).get(policyPath));
  if (parsed.kind === 'ok') return parsed.policy;
  const defaults = parsePolicy(undefined);
  if (defaults.kind === 'ok') return defaults.policy;
  throw new PermanentError('invalid-policy', 'the default policy is not valid');
}
