import { z } from 'zod';
import type { MergedPull, MergesRead } from '../../../jobs/rollout/rollout-ports.ts';
import type { CommitSha, RepoName } from '../../domain/ids.ts';
import { PermanentError } from '../../errors.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import type { GraphError } from './graph-answer.ts';
import { readQuery } from './graph-failure.ts';
import { commitSha, nodesOf } from './shapes.ts';

/** Numbers asked for at once. */
const BATCH = 100;

/** The pull requests that were merged and changed last, and others by an alias each. */
export function mergesQuery(count: number): string {
  const indices = Array.from({ length: count }, (_, index) => index);
  return `
query Merges($owner: String!, $name: String!, $recent: Int!${indices.map((n) => `, $pull${n}: Int!`).join('')}) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    pullRequests(first: $recent, states: MERGED, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes { ...Merge }
    }
${indices.map((n) => `    pull${n}: pullRequest(number: $pull${n}) { ...Merge }`).join('\n')}
  }
}
fragment Merge on PullRequest {
  number
  url
  title
  baseRefName
  mergedAt
  commits(last: 1) { totalCount nodes { commit { message authoredDate } } }
  mergeCommit { oid message authoredDate parents(first: 2) { nodes { oid } } }
}`;
}

/** What was put onto the default branch commit by commit, beside what the pull request held. */
export const rebasedQuery = `
query Rebased($owner: String!, $name: String!, $number: Int!, $oid: GitObjectID!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { commits(last: 100) { nodes { commit { message authoredDate } } } }
    object(oid: $oid) {
      ... on Commit { history(first: 100) { nodes { oid message authoredDate parents(first: 1) { nodes { oid } } } } }
    }
  }
}`;

const words = { message: z.string(), authoredDate: z.string() };
const parents = nodesOf(z.object({ oid: commitSha }));
const held = nodesOf(z.object({ commit: z.object(words) }));

const merge = z.object({
  number: z.number().int(),
  url: z.string(),
  title: z.string(),
  baseRefName: z.string(),
  mergedAt: z.string().nullable(),
  commits: z
    .object({ totalCount: z.number().int() })
    .loose()
    .transform((page) => ({ totalCount: page.totalCount, nodes: held.parse(page) })),
  mergeCommit: z.object({ oid: commitSha, ...words, parents }).nullable(),
});
type Merge = z.output<typeof merge>;

const rebasedShape = z.object({
  repository: z.object({
    pullRequest: z.object({ commits: held }),
    object: z.object({ history: nodesOf(z.object({ oid: commitSha, ...words, parents })) }),
  }),
});

const shape = z.object({
  repository: z
    .object({
      defaultBranchRef: z.object({ name: z.string() }).nullable(),
      pullRequests: nodesOf(merge),
    })
    .catchall(merge.nullable()),
});

/** Pull requests that were merged; a number that is no merged pull request's is left out. */
export async function readMerges(
  context: GitHubContext,
  repo: RepoName,
  { recent, numbers }: { readonly recent: number; readonly numbers: readonly number[] },
): Promise<MergesRead> {
  const { client } = context;
  const what = `read what was merged in ${repo}`;
  const merges = new Map<number, MergedPull>();
  const asked = [...new Set(numbers)];
  let first = 0;
  for (;;) {
    const batch = asked.slice(first, first + BATCH);
    const variables = {
      ...ownerAndName(repo),
      recent: first === 0 ? recent : 1,
      ...Object.fromEntries(batch.map((number, n) => [`pull${n}`, number])),
    };
    const answer = await client.query(repo, what, { query: mergesQuery(batch.length), variables });
    const { defaultBranchRef, pullRequests, ...named } = readQuery(what, answer, shape, isNoPull).repository;
    if (defaultBranchRef === null)
      throw new PermanentError('empty-repository', `${repo} has no default branch`);
    for (const each of [...pullRequests, ...Object.values(named)]) {
      const pull = toMerged(each);
      if (pull === undefined || merges.has(pull.number)) continue;
      const parent = each !== null && isRebased(each) ? await baseOf(context, repo, each) : pull.parent;
      merges.set(pull.number, { ...pull, parent });
    }
    first += BATCH;
    if (first >= asked.length) return { at: answer.at, defaultBranch: defaultBranchRef.name, merges };
  }
}

function toMerged(read: z.output<typeof merge> | null): MergedPull | undefined {
  if (read?.mergedAt == null || read.mergeCommit === null) return undefined;
  const { number, url, title, baseRefName: base, mergeCommit, mergedAt } = read;
  const { oid: commit, parents } = mergeCommit;
  return { number, url, title, base, commit, parent: parents[0]?.oid, at: Date.parse(mergedAt) };
}

/** A rebase keeps message and author's date of every commit; a squash or a merge makes a commit of its own. */
function isRebased({ commits, mergeCommit }: Merge): boolean {
  const last = commits.nodes[0]?.commit;
  if (commits.totalCount < 2 || last === undefined || mergeCommit === null) return false;
  return mergeCommit.parents.length < 2 && nameOf(last) === nameOf(mergeCommit);
}

/** The commit on which the first of a pull request's commits was put. */
async function baseOf(
  { client }: GitHubContext,
  repo: RepoName,
  { number, mergeCommit }: Merge,
): Promise<CommitSha | undefined> {
  const what = `read how ${repo}#${number} was rebased`;
  const variables = { ...ownerAndName(repo), number, oid: mergeCommit?.oid };
  const answer = await client.query(repo, what, { query: rebasedQuery, variables });
  const { pullRequest, object } = readQuery(what, answer, rebasedShape).repository;
  const own = new Set(pullRequest.commits.map(({ commit }) => nameOf(commit)));
  let base = mergeCommit?.parents[0]?.oid;
  for (const each of object.history) {
    if (!own.has(nameOf(each))) break;
    base = each.parents[0]?.oid;
  }
  return base;
}

function nameOf({ message, authoredDate }: { readonly message: string; readonly authoredDate: string }) {
  return `${authoredDate} ${message.trim()}`;
}

function isNoPull({ type, path }: GraphError): boolean {
  return type === 'NOT_FOUND' && path.length === 2;
}
