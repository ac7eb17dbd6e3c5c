import { z } from 'zod';
import type { CommitSha, RepoName } from '../../domain/ids.ts';
import { PermanentError, RetryableError } from '../../errors.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import { readQuery } from './graph-failure.ts';
import { peel, peeled, peeledFragment } from './peeled.ts';
import { type CommitReading, checkLength } from './range-commit.ts';

export function historyQuery({ name, fragment }: Pick<CommitReading<never>, 'name' | 'fragment'>): string {
  return `
query HistoryOf${name}s($owner: String!, $name: String!, $place: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    object(expression: $place) {
      ...Peeled
      ... on Commit {
        history(first: 100, after: $after) { nodes { ...${name} } pageInfo { hasNextPage endCursor } }
      }
    }
  }
}
${peeledFragment}${fragment}`;
}

function historyOf<Commit extends { readonly oid: string }>({ shape }: CommitReading<Commit>) {
  return z.object({
    nodes: z.array(shape),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  });
}

function shapeOf<Commit extends { readonly oid: string }>(reading: CommitReading<Commit>) {
  return z.object({
    repository: z.object({
      defaultBranchRef: z.object({ name: z.string() }).nullable(),
      object: peeled.extend({ history: historyOf(reading).optional() }).nullable(),
    }),
  });
}

export interface History<Commit> {
  readonly defaultBranch: string | undefined;
  readonly head: CommitSha;
  /** Oldest first. */
  readonly commits: readonly Commit[];
}

/**
 * All of a history: one request for each hundred commits, and one more where `place` is an annotated tag.
 *
 * @param place a full ref's name or a commit's id.
 * @throws PermanentError `refused` when that is no commit, `range-too-long` when it is too much; RetryableError when
 * it is not there, for a tag that was just made may not be seen yet.
 */
export async function readHistory<Commit extends { readonly oid: CommitSha }>(
  context: GitHubContext,
  reading: CommitReading<Commit>,
  repo: RepoName,
  place: string,
): Promise<History<Commit>> {
  const what = `read the history of ${place} in ${repo}`;
  const newestFirst: Commit[] = [];
  let at = place;
  let after: string | null = null;
  for (;;) {
    const page: Page<Commit> = await readPage(context, reading, what, repo, { place: at, after });
    // Later pages are of the commit that the first was of, wherever a branch has gone meanwhile.
    at = page.head;
    if (page.history === undefined) continue;
    newestFirst.push(...page.history.nodes);
    checkLength(what, newestFirst.length);
    const { hasNextPage, endCursor } = page.history.pageInfo;
    if (!hasNextPage) return { ...page, commits: newestFirst.toReversed() };
    if (endCursor === null) throw new RetryableError(`failed to ${what}: a page has no end`);
    after = endCursor;
  }
}

type Page<Commit extends { readonly oid: CommitSha }> = Omit<History<Commit>, 'commits'> & {
  /** Undefined for an annotated tag, whose commit has to be asked for. */
  readonly history: z.output<ReturnType<typeof historyOf<Commit>>> | undefined;
};

async function readPage<Commit extends { readonly oid: CommitSha }>(
  { client }: GitHubContext,
  reading: CommitReading<Commit>,
  what: string,
  repo: RepoName,
  page: { readonly place: string; readonly after: string | null },
): Promise<Page<Commit>> {
  const variables = { ...ownerAndName(repo), ...page };
  const answer = await client.query(repo, what, { query: historyQuery(reading), variables });
  const { defaultBranchRef, object } = readQuery(what, answer, shapeOf(reading)).repository;
  if (object === null) throw new RetryableError(`failed to ${what}: GitHub does not know it yet`);
  const end = peel(object);
  if (!end.isCommit) throw new PermanentError('refused', `failed to ${what}: it is no commit`);
  const isTag = object.__typename === 'Tag';
  if (!isTag && object.history === undefined)
    throw new RetryableError(`failed to ${what}: unexpected answer`);
  return { defaultBranch: defaultBranchRef?.name, head: end.oid, history: object.history };
}
