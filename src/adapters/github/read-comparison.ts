import { z } from 'zod';
import type { CommitSha, RepoName } from '../../domain/ids.ts';
import type { CommitRange } from '../../domain/release/release-facts.ts';
import { PermanentError, RetryableError } from '../../errors.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import type { GraphError } from './graph-answer.ts';
import { readQuery } from './graph-failure.ts';
import { peel, peeled, peeledFragment } from './peeled.ts';
import { type CommitReading, checkLength } from './range-commit.ts';

/** Two pages a request: one from each end, until they meet. */
export function comparisonQuery({ name, fragment }: Pick<CommitReading<never>, 'name' | 'fragment'>): string {
  return `
query Compare${name}s(
  $owner: String!, $name: String!, $base: String!, $head: String!, $after: String, $before: String
) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    head: object(expression: $head) { ...Peeled }
    base: ref(qualifiedName: $base) {
      target { ...Peeled }
      compare(headRef: $head) {
        status aheadBy behindBy
        front: commits(first: 100, after: $after) { nodes { ...${name} } pageInfo { hasNextPage endCursor } }
        back: commits(last: 100, before: $before) { nodes { ...${name} } pageInfo { hasPreviousPage startCursor } }
      }
    }
  }
}
${peeledFragment}${fragment}`;
}

const cursor = z.string().nullable();

function shapeOf<Commit extends { readonly oid: string }>({ shape }: CommitReading<Commit>) {
  const nodes = z
    .array(shape.nullable())
    .nullable()
    .transform((all) => (all ?? []).filter((each) => each !== null));
  const compare = z.object({
    status: z.enum(['AHEAD', 'BEHIND', 'DIVERGED', 'IDENTICAL']),
    aheadBy: z.number().int(),
    behindBy: z.number().int(),
    front: z.object({ nodes, pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: cursor }) }),
    back: z.object({ nodes, pageInfo: z.object({ hasPreviousPage: z.boolean(), startCursor: cursor }) }),
  });
  return z.object({
    repository: z.object({
      defaultBranchRef: z.object({ name: z.string() }).nullable(),
      head: peeled.nullable(),
      base: z.object({ target: peeled.nullable(), compare: compare.nullable() }).nullable(),
    }),
  });
}

/** How a head lies to a base. */
export interface Comparison<Commit> {
  readonly defaultBranch: string | undefined;
  readonly base: CommitSha;
  readonly head: CommitSha;
  /** `unrelated` when the two histories have nothing in common; GitHub compares those no further. */
  readonly relation: Exclude<CommitRange['relation'], 'first'> | 'unrelated';
  /** Commits that only the base has. */
  readonly behindBy: number;
  /** Commits that only the head has, oldest first. */
  readonly commits: readonly Commit[];
}

/**
 * What `head` has that `base` has not: one request for each 200 commits.
 *
 * @param base a full ref's name.
 * @param head a full ref's name.
 * @throws PermanentError `tag-gone` when there is no base, `range-too-long` when there is too much between the two;
 * RetryableError when there is no head, for a tag that was just made may not be seen yet.
 */
export async function readComparison<Commit extends { readonly oid: CommitSha }>(
  context: GitHubContext,
  reading: CommitReading<Commit>,
  repo: RepoName,
  base: string,
  head: string,
): Promise<Comparison<Commit>> {
  const front: Commit[] = [];
  const back: Commit[] = [];
  let first: Comparison<Commit> | undefined;
  let cursors: Cursors = { after: null, before: null };
  for (;;) {
    // Later pages are of the commit that the first was of, wherever a branch has gone meanwhile.
    const page = await readPage(context, reading, repo, { base, head: first?.head ?? head, ...cursors });
    const { compare, ...here } = page;
    first ??= here;
    if (compare === undefined) return here;
    if (here.base !== first.base || here.head !== first.head) {
      throw new RetryableError(`${base} of ${repo} was moved while it was read`, { retryInMs: 1_000 });
    }
    front.push(...compare.front.nodes);
    back.unshift(...compare.back.nodes);
    const commits = oldestFirst([...front, ...back], first.head);
    if (commits.length >= compare.aheadBy) return { ...first, commits };
    cursors = nextPages(`compare ${head} with ${base} in ${repo}`, compare, commits.length);
  }
}

interface Cursors {
  readonly after: string | null;
  readonly before: string | null;
}

/** @throws RetryableError when GitHub has no more pages though commits are missing: none may be left out in silence. */
function nextPages(what: string, compare: Compared, found: number): Cursors {
  checkLength(what, compare.aheadBy);
  const { hasNextPage, endCursor: after } = compare.front.pageInfo;
  const { hasPreviousPage, startCursor: before } = compare.back.pageInfo;
  if (hasNextPage && hasPreviousPage && after !== null && before !== null) return { after, before };
  throw new RetryableError(`failed to ${what}: GitHub told of ${found} of ${compare.aheadBy} commits`);
}

interface Compared {
  readonly aheadBy: number;
  readonly front: { readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } };
  readonly back: {
    readonly pageInfo: { readonly hasPreviousPage: boolean; readonly startCursor: string | null };
  };
}

/** Each once, for the pages from both ends meet in the middle. That the head comes last GitHub does not promise. */
function oldestFirst<Commit extends { readonly oid: CommitSha }>(
  found: readonly Commit[],
  head: CommitSha,
): readonly Commit[] {
  const commits = [...new Map(found.map((commit) => [commit.oid, commit])).values()];
  return commits[0]?.oid === head ? commits.toReversed() : commits;
}

async function readPage<Commit extends { readonly oid: CommitSha }>(
  { client }: GitHubContext,
  reading: CommitReading<Commit>,
  repo: RepoName,
  place: Cursors & { readonly base: string; readonly head: string },
) {
  const what = `compare ${place.head} with ${place.base} in ${repo}`;
  const variables = { ...ownerAndName(repo), ...place };
  const answer = await client.query(repo, what, { query: comparisonQuery(reading), variables });
  const { defaultBranchRef, base, head } = readQuery(what, answer, shapeOf(reading), isNoMatch).repository;
  if (!base?.target) throw new PermanentError('tag-gone', `failed to ${what}: ${place.base} is gone`);
  if (head === null) throw new RetryableError(`failed to ${what}: GitHub does not know ${place.head} yet`);
  const compare = base.compare ?? undefined;
  const comparison: Comparison<Commit> = {
    defaultBranch: defaultBranchRef?.name,
    base: peel(base.target).oid,
    head: peel(head).oid,
    relation: compare === undefined ? 'unrelated' : RELATIONS[compare.status],
    behindBy: compare?.behindBy ?? 0,
    commits: [],
  };
  return { ...comparison, compare };
}

/** GitHub compares nothing that is not there or has nothing in common. */
function isNoMatch({ type, path }: GraphError): boolean {
  return type === 'NOT_FOUND' && path.at(-1) === 'compare';
}

const RELATIONS = {
  AHEAD: 'ahead',
  BEHIND: 'behind',
  DIVERGED: 'diverged',
  IDENTICAL: 'identical',
} as const;
