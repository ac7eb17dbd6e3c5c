import type { RepoName } from '../../domain/ids.ts';
import { type Policy, parsePolicy, policyPath } from '../../domain/policy.ts';
import { isRelevantPath } from '../../domain/read-platform.ts';
import { PermanentError } from '../../errors.ts';
import type { GitHubContext } from './github-context.ts';
import { readTexts } from './read-texts.ts';
import type { TreeFile } from './read-tree.ts';
import type { TextCache } from './text-cache.ts';

/** Which files matter depends on the layout in their policy; where that is wrong, the defaults say it. */
export async function readPolicy(
  context: GitHubContext,
  texts: TextCache,
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

/** The texts that say how the platform is built, by path. */
export async function readRelevantTexts(
  context: GitHubContext,
  texts: TextCache,
  repo: RepoName,
  files: readonly TreeFile[],
  policy: Policy,
): Promise<ReadonlyMap<string, string>> {
  const relevant = files.filter(({ path }) => isRelevantPath(path, policy));
  return await readTexts(context, texts, repo, relevant);
}
