import { z } from 'zod';
import type { RepoName } from '../../domain/ids.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import type { GraphError } from './graph-answer.ts';
import { readQuery } from './graph-failure.ts';
import { type MergedPullShape, mergedPull, mergedPullFragment } from './range-commit.ts';

/** Numbers asked for at once. */
const BATCH = 200;

export function mergedPullsQuery(count: number): string {
  const indices = Array.from({ length: count }, (_, index) => index);
  return `
query MergedPulls($owner: String!, $name: String!, ${indices.map((n) => `$number${n}: Int!`).join(', ')}) {
  repository(owner: $owner, name: $name) {
${indices.map((n) => `    pull${n}: pullRequest(number: $number${n}) { ...MergedPull }`).join('\n')}
  }
}
${mergedPullFragment}`;
}

const shape = z.object({ repository: z.record(z.string(), mergedPull.nullable()) });

/** The pull requests of these numbers that were merged; a number may as well be an issue's, or nobody's. */
export async function readMergedPulls(
  { client }: GitHubContext,
  repo: RepoName,
  numbers: readonly number[],
): Promise<readonly MergedPullShape[]> {
  const what = `read pull requests of ${repo}`;
  const found: MergedPullShape[] = [];
  for (let start = 0; start < numbers.length; start += BATCH) {
    const batch = numbers.slice(start, start + BATCH);
    const asked = Object.fromEntries(batch.map((number, n) => [`number${n}`, number]));
    const query = mergedPullsQuery(batch.length);
    const answer = await client.query(repo, what, { query, variables: { ...ownerAndName(repo), ...asked } });
    const { repository } = readQuery(what, answer, shape, isNoPull);
    found.push(...Object.values(repository).filter((pull) => pull !== null));
  }
  return found.filter(({ state }) => state === 'MERGED');
}

function isNoPull({ type, path }: GraphError): boolean {
  return type === 'NOT_FOUND' && path.length === 2;
}
