import { z } from 'zod';
import type { MergedPull, MergesRead } from '../../../jobs/rollout/rollout-ports.ts';
import type { RepoName } from '../../domain/ids.ts';
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
  mergeCommit { oid parents(first: 1) { nodes { oid } } }
}`;
}

const merge = z.object({
  number: z.number().int(),
  url: z.string(),
  title: z.string(),
  baseRefName: z.string(),
  mergedAt: z.string().nullable(),
  mergeCommit: z.object({ oid: commitSha, parents: nodesOf(z.object({ oid: commitSha })) }).nullable(),
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
  { client }: GitHubContext,
  repo: RepoName,
  { recent, numbers }: { readonly recent: number; readonly numbers: readonly number[] },
): Promise<MergesRead> {
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
      if (pull !== undefined) merges.set(pull.number, pull);
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

function isNoPull({ type, path }: GraphError): boolean {
  return type === 'NOT_FOUND' && path.length === 2;
}
