import { z } from 'zod';
import type { ChangeFactsRead } from '../../../../jobs/change/change-ports.ts';
import type { CommitSha, RepoName } from '../../../domain/ids.ts';
import { PermanentError } from '../../../errors.ts';
import { type GitHubContext, ownerAndName } from '../github-context.ts';
import type { GraphError } from '../graph-answer.ts';
import { readQuery } from '../graph-failure.ts';
import { pullKey, repositoryKey } from '../id-book.ts';
import { peel, peeled, peeledFragment } from '../peeled.ts';
import { commitSha, isApp, nodesOf } from '../shapes.ts';
import type { CommentBook } from './comment-book.ts';
import { type ChangePullShape, changePull, pullFactsFragment, rollupField } from './pull-facts-fragment.ts';
import { toPullFacts } from './to-pull-facts.ts';
import { keyOfComment } from './write-comment.ts';

export interface ChangeFactsWish {
  readonly pulls: readonly number[];
  readonly branches: readonly string[];
  readonly tags: readonly string[];
}

/** More pull requests than this are read in several queries, or GitHub would give up on one. */
const BATCH = 40;

/**
 * Every pull request, branch and tag by an alias of its own. Of a branch many pull requests are listed, for anybody can
 * open some from a fork's branch of the same name.
 */
export function changeFactsQuery(counts: {
  readonly pulls: number;
  readonly branches: number;
  readonly tags: number;
}): string {
  const [pulls, branches, tags] = [counts.pulls, counts.branches, counts.tags].map(numbersTo);
  const parameters = [
    '$owner: String!, $name: String!',
    ...(counts.pulls === 0 ? [] : ['$app: Int!']),
    ...(pulls ?? []).map((n) => `$pull${n}: Int!`),
    ...(branches ?? []).map((n) => `$branch${n}: String!`),
    ...(tags ?? []).map((n) => `$tag${n}: String!`),
  ];
  return `
query ChangeFacts(${parameters.join(', ')}) {
  repository(owner: $owner, name: $name) {
    id
    defaultBranchRef { name target { oid } }
${(pulls ?? []).map((n) => `    pull${n}: pullRequest(number: $pull${n}) { ...ChangePull ${rollupField(`$pull${n}`)} }`).join('\n')}
${(branches ?? []).map((n) => `    branch${n}: pullRequests(headRefName: $branch${n}, first: 100, ${NEWEST_FIRST}) { nodes { number isCrossRepository } }`).join('\n')}
${(tags ?? []).map((n) => `    tag${n}: ref(qualifiedName: $tag${n}) { target { ...Peeled } }`).join('\n')}
  }
}
${counts.pulls === 0 ? '' : pullFactsFragment}${counts.tags === 0 ? '' : peeledFragment}`;
}

const NEWEST_FIRST = 'orderBy: { field: CREATED_AT, direction: DESC }';

function numbersTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

const branchPulls = nodesOf(z.object({ number: z.number().int(), isCrossRepository: z.boolean() }));
const tagRef = z.object({ target: peeled.nullable() }).nullable();

const shape = z.object({
  repository: z.preprocess(
    gatherAliases,
    z.object({
      id: z.string(),
      defaultBranchRef: z.object({ name: z.string(), target: z.object({ oid: commitSha }) }).nullable(),
      pulls: z.array(changePull.nullable()),
      branches: z.array(branchPulls),
      tags: z.array(tagRef),
    }),
  ),
});

function gatherAliases(repository: unknown): unknown {
  if (typeof repository !== 'object' || repository === null) return repository;
  const fields = Object.entries(repository);
  const gather = (alias: RegExp) => fields.filter(([name]) => alias.test(name)).map(([, value]) => value);
  return {
    ...repository,
    pulls: gather(/^pull\d+$/),
    branches: gather(/^branch\d+$/),
    tags: gather(/^tag\d+$/),
  };
}

/**
 * Pull requests with all that decides about them, and the commits of tags: one query, and a second one for pull
 * requests that only the first told of, by their branches.
 */
export async function readChangeFacts(
  context: GitHubContext,
  comments: CommentBook,
  repo: RepoName,
  wish: ChangeFactsWish,
): Promise<ChangeFactsRead> {
  const first = await readBatch(context, comments, repo, {
    ...wish,
    pulls: unique(wish.pulls).slice(0, BATCH),
  });
  const pulls = new Map(first.pulls);
  const asked = new Set(unique(wish.pulls).slice(0, BATCH));
  const rest = unique([...wish.pulls, ...first.byBranch.values()]).filter((number) => !asked.has(number));
  let { at } = first;
  for (let from = 0; from < rest.length; from += BATCH) {
    const batch = { pulls: rest.slice(from, from + BATCH), branches: [], tags: [] };
    const more = await readBatch(context, comments, repo, batch);
    for (const [number, facts] of more.pulls) pulls.set(number, facts);
    at = more.at;
  }
  return { ...first, at, pulls };
}

function unique<T>(all: readonly T[]): readonly T[] {
  return [...new Set(all)];
}

async function readBatch(
  context: GitHubContext,
  comments: CommentBook,
  repo: RepoName,
  wish: ChangeFactsWish,
): Promise<ChangeFactsRead> {
  const { client, ids } = context;
  const what = `read the changes of ${repo}`;
  const branches = unique(wish.branches);
  const tags = unique(wish.tags);
  const counts = { pulls: wish.pulls.length, branches: branches.length, tags: tags.length };
  const variables = {
    ...ownerAndName(repo),
    ...(counts.pulls === 0 ? {} : { app: context.appId }),
    ...Object.fromEntries(wish.pulls.map((number, n) => [`pull${n}`, number])),
    ...Object.fromEntries(branches.map((branch, n) => [`branch${n}`, branch])),
    ...Object.fromEntries(tags.map((tag, n) => [`tag${n}`, `refs/tags/${tag}`])),
  };
  const answer = await client.query(repo, what, { query: changeFactsQuery(counts), variables });
  const read = readQuery(what, answer, shape, (error) => isNoPull(error) || isHiddenCheck(error)).repository;
  if (read.defaultBranchRef === null)
    throw new PermanentError('empty-repository', `${repo} has no default branch`);
  ids.put(repositoryKey(repo), read.id);
  const pulls = read.pulls.filter((pull) => pull !== null);
  const hiding = numbersOfHidden(wish.pulls, answer.errors);
  for (const pull of pulls) {
    ids.put(pullKey(repo, pull.number), pull.id);
    learnComments(context, comments, repo, pull);
  }
  return {
    at: answer.at,
    defaultBranch: read.defaultBranchRef.name,
    baseHead: read.defaultBranchRef.target.oid,
    pulls: new Map(
      pulls.map((pull) => [pull.number, toPullFacts(context, repo, pull, hiding.has(pull.number))]),
    ),
    byBranch: new Map(branches.flatMap((branch, n) => newestOwn(branch, read.branches[n] ?? []))),
    tags: new Map(tags.flatMap((tag, n) => commitOfTag(tag, read.tags[n] ?? null))),
  };
}

function learnComments(
  { appSlug }: GitHubContext,
  book: CommentBook,
  repo: RepoName,
  { number, comments: { totalCount, nodes } }: ChangePullShape,
): void {
  const read = (nodes ?? []).filter((each) => each !== null);
  const own = read.flatMap(({ fullDatabaseId: id, body, author }) => {
    const key = isApp(author, appSlug) ? keyOfComment(body) : undefined;
    return key === undefined ? [] : [[key, { id, body }] as const];
  });
  book.learn(pullKey(repo, number), new Map(own.toReversed()), read.length === totalCount);
}

function isNoPull({ type, path }: GraphError): boolean {
  return type === 'NOT_FOUND' && path.length === 2 && /^pull\d+$/.test(String(path[1]));
}

/** Private repositories tell statuses only to Apps with a permission of their own for them. */
function isHiddenCheck({ type, path }: GraphError): boolean {
  return type === 'FORBIDDEN' && path.includes('statusCheckRollup');
}

function numbersOfHidden(pulls: readonly number[], errors: readonly GraphError[]): ReadonlySet<number> {
  const aliases = new Set(errors.filter(isHiddenCheck).map(({ path }) => path[1]));
  return new Set(pulls.filter((_, n) => aliases.has(`pull${n}`)));
}

function newestOwn(
  branch: string,
  pulls: z.output<typeof branchPulls>,
): readonly (readonly [string, number])[] {
  const own = pulls.find(({ isCrossRepository }) => !isCrossRepository);
  return own === undefined ? [] : [[branch, own.number]];
}

function commitOfTag(tag: string, ref: z.output<typeof tagRef>): readonly (readonly [string, CommitSha])[] {
  if (!ref?.target) return [];
  const { oid, isCommit } = peel(ref.target);
  return isCommit ? [[tag, oid]] : [];
}
