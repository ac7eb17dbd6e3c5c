import { z } from 'zod';
import { tenantBranch } from '../../domain/convention.ts';
import { LAST_SUFFIX } from '../../domain/decide-opening.ts';
import { requestCommit } from './request-commit.ts';
import { requestPull, requestPullFragment } from './request-pull.ts';
import { commitSha, nodesOf } from './shapes.ts';

/** Numbers of the branches that a tenant's requests may take. */
export const branchNumbers = Array.from({ length: LAST_SUFFIX }, (_, index) => index + 1);

/** Declarations of the variables that the fragment `RequestFacts` uses. */
export const factsParameters = branchNumbers.map((n) => `$branch${n}: String!, $ref${n}: String!`).join(', ');

const NEWEST_FIRST = '{ field: CREATED_AT, direction: DESC }';

/**
 * Each branch is asked for by its exact name, since GitHub's search for refs finds parts of names as well. The
 * default branch's history tells which branches are bare; one older than its last 100 commits counts as not bare.
 */
export const factsFragment = `
fragment RequestFacts on Repository {
  id
  defaultBranchRef { name target { oid ... on Commit { history(first: 100) { nodes { oid } } } } }
${branchNumbers.map((n) => `  ref${n}: ref(qualifiedName: $ref${n}) { ...RequestBranch }`).join('\n')}
${branchNumbers
  .map(
    (n) =>
      `  pulls${n}: pullRequests(headRefName: $branch${n}, first: 10, orderBy: ${NEWEST_FIRST}) { ...RequestPulls }`,
  )
  .join('\n')}
}
fragment RequestBranch on Ref { target { oid ... on Commit { ...RequestCommit } } }
fragment RequestPulls on PullRequestConnection { pageInfo { hasNextPage endCursor } nodes { ...RequestPull } }
${requestPullFragment}`;

/** Values of `factsParameters` for a tenant's name. */
export function factsVariables(name: string): Readonly<Record<string, string>> {
  const pairs = branchNumbers.flatMap((n) => {
    const branch = tenantBranch(name, n);
    return [
      [`branch${n}`, branch],
      [`ref${n}`, `refs/heads/${branch}`],
    ];
  });
  return Object.fromEntries(pairs);
}

const refShape = z.object({ target: requestCommit.nullable() }).nullable();

export const pullPage = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  nodes: z.array(requestPull.nullable()).nullable(),
});

const defaultBranch = z.object({
  name: z.string(),
  target: z.object({ oid: commitSha, history: nodesOf(z.object({ oid: commitSha })) }),
});

/** What the fragment `RequestFacts` brings, its aliases gathered into one list of branches. */
export const factsShape = z.preprocess(
  gatherAliases,
  z.object({
    id: z.string(),
    defaultBranchRef: defaultBranch.nullable(),
    branches: z.array(z.object({ n: z.number(), ref: refShape, pulls: pullPage })),
  }),
);

export type FactsShape = z.output<typeof factsShape>;

function gatherAliases(repository: unknown): unknown {
  if (typeof repository !== 'object' || repository === null) return repository;
  const fields = new Map(Object.entries(repository));
  const branches = branchNumbers.map((n) => ({
    n,
    ref: fields.get(`ref${n}`),
    pulls: fields.get(`pulls${n}`),
  }));
  return { ...repository, branches };
}
