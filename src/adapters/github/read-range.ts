import type { CommitSha, RepoName } from '../../domain/ids.ts';
import type { CommitRange, VersionTag } from '../../domain/release/release-facts.ts';
import { RetryableError } from '../../errors.ts';
import type { GitHubContext } from './github-context.ts';
import {
  type MergedPullShape,
  type NewCommit,
  newCommits,
  numberInHeadline,
  type OldCommit,
  oldCommits,
} from './range-commit.ts';
import { readComparison } from './read-comparison.ts';
import { readHistory } from './read-history.ts';
import { readMergedPulls } from './read-merged-pulls.ts';
import { pullOfCommit, tellRange } from './tell-range.ts';

/**
 * What is in the history of `to` and not in that of `from`: one request for each 200 commits, one for each 200 pull
 * requests that only a headline names, and where the history was rewritten one for each 200 commits of the old one.
 *
 * @param to a full ref.
 */
export async function readRange(
  context: GitHubContext,
  repo: RepoName,
  from: VersionTag | undefined,
  to: string,
): Promise<CommitRange> {
  const { defaultBranch, head, relation, commits, old } = await readCommits(context, repo, from, to);
  const branches = new Set([defaultBranch ?? '', to.replace(/^refs\/heads\//, '')]);
  const byNumber = await readNamed(context, repo, commits, branches);
  const told = tellRange(commits, branches, byNumber, context.appSlug);
  const before = new Set(told.pulls.length > 0 ? (await old()).flatMap(numbersOf) : []);
  return {
    from,
    to: head,
    relation,
    pulls: told.pulls.filter(({ number }) => !before.has(number)),
    direct: told.direct,
    held: told.pulls.map(({ number }) => number).filter((number) => before.has(number)),
  };
}

interface Commits {
  readonly defaultBranch: string | undefined;
  readonly head: CommitSha;
  readonly relation: CommitRange['relation'];
  readonly commits: readonly NewCommit[];
  /** Reads the commits that only the old side has. */
  readonly old: () => Promise<readonly OldCommit[]>;
}

async function readCommits(
  context: GitHubContext,
  repo: RepoName,
  from: VersionTag | undefined,
  to: string,
): Promise<Commits> {
  if (from === undefined) {
    return { ...(await readHistory(context, newCommits, repo, to)), relation: 'first', old: async () => [] };
  }
  const tag = `refs/tags/${from.name}`;
  const compared = await readComparison(context, newCommits, repo, tag, to);
  const { base, head, relation, behindBy } = compared;
  if (base !== from.commit) {
    // Whoever asks reads the tags anew at every try, and GitHub's reads may lag: the next try sees it where it is.
    throw new RetryableError(`${tag} of ${repo} points to ${base} and not to ${from.commit} any more`);
  }
  if (relation === 'unrelated') {
    const all = await readHistory(context, newCommits, repo, head);
    const old = async () => (await readHistory(context, oldCommits, repo, base)).commits;
    return { ...all, relation: 'diverged', old };
  }
  const old = async () => (behindBy > 0 ? await readOld(context, repo, to, tag, { base, head }) : []);
  return { ...compared, relation, old };
}

/** The same comparison from the other side. */
async function readOld(
  context: GitHubContext,
  repo: RepoName,
  to: string,
  tag: string,
  ends: { readonly base: CommitSha; readonly head: CommitSha },
): Promise<readonly OldCommit[]> {
  const { base, head, commits } = await readComparison(context, oldCommits, repo, to, tag);
  if (base === ends.head && head === ends.base) return commits;
  throw new RetryableError(`${to} or ${tag} of ${repo} was moved while it was read`, { retryInMs: 1_000 });
}

/** Pull requests that GitHub does not connect with a commit any more, but whose number stands in its headline. */
async function readNamed(
  context: GitHubContext,
  repo: RepoName,
  commits: readonly NewCommit[],
  branches: ReadonlySet<string>,
): Promise<ReadonlyMap<number, MergedPullShape>> {
  const known = new Map<number, MergedPullShape>();
  const missing = new Set<number>();
  for (const commit of commits) {
    const pull = pullOfCommit(commit, branches);
    const number = numberInHeadline(commit.message);
    if (pull !== undefined) known.set(pull.number, pull);
    else if (number !== undefined) missing.add(number);
  }
  const asked = [...missing].filter((number) => !known.has(number));
  for (const pull of await readMergedPulls(context, repo, asked)) known.set(pull.number, pull);
  return known;
}

function numbersOf({ message, associatedPullRequests }: OldCommit): readonly number[] {
  const named = numberInHeadline(message);
  return [...associatedPullRequests.map(({ number }) => number), ...(named === undefined ? [] : [named])];
}
