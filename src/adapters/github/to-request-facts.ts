import { tenantBranch } from '../../domain/convention.ts';
import type { CommitSha, RepoName } from '../../domain/ids.ts';
import type { RequestBranch, RequestFacts } from '../../domain/request-state.ts';
import { PermanentError } from '../../errors.ts';
import type { FactsShape } from './facts-fragment.ts';
import { readFurtherPulls } from './further-pulls.ts';
import type { GitHubContext } from './github-context.ts';
import { pullKey, repositoryKey } from './id-book.ts';
import { trailersOfAppCommit } from './request-commit.ts';
import { type PullShape, toRequestPull } from './request-pull.ts';

/** Facts in the domain's words; remembers the ids that came with them. */
export async function toRequestFacts(
  context: GitHubContext,
  repo: RepoName,
  name: string,
  facts: FactsShape,
): Promise<RequestFacts> {
  const { ids, appSlug } = context;
  const main = facts.defaultBranchRef;
  if (main === null) throw new PermanentError('empty-repository', `${repo} has no default branch`);
  ids.put(repositoryKey(repo), facts.id);
  const pulls = await ownPulls(context, repo, name, facts);
  for (const pull of pulls) ids.put(pullKey(repo, pull.number), pull.id);
  const recent = new Set([main.target.oid, ...main.target.history.map(({ oid }) => oid)]);
  return {
    repo,
    defaultBranch: main.name,
    base: main.target.oid,
    branches: facts.branches.flatMap((each) => branchOf(name, appSlug, recent, each)),
    pulls: pulls.map((pull) => toRequestPull(repo, appSlug, pull)),
    createdByUs: new Map(),
  };
}

/** Pull requests from the repository's own branches; a fork may name its branches as it likes. */
async function ownPulls(
  context: GitHubContext,
  repo: RepoName,
  name: string,
  facts: FactsShape,
): Promise<readonly PullShape[]> {
  const found: (PullShape | null)[] = [];
  for (const { n, pulls } of facts.branches) {
    found.push(...(pulls.nodes ?? []));
    const { hasNextPage, endCursor } = pulls.pageInfo;
    if (hasNextPage) {
      found.push(...(await readFurtherPulls(context, repo, tenantBranch(name, n), endCursor)));
    }
  }
  return found.filter((pull) => pull !== null).filter((pull) => !pull.isCrossRepository);
}

function branchOf(
  name: string,
  appSlug: string,
  recent: ReadonlySet<CommitSha>,
  { n, ref }: FactsShape['branches'][number],
): readonly RequestBranch[] {
  const tip = ref?.target;
  if (!tip) return [];
  const requestId = trailersOfAppCommit(tip, appSlug)?.requestId;
  return [{ name: tenantBranch(name, n), head: tip.oid, requestId, bare: recent.has(tip.oid) }];
}
