import { z } from 'zod';
import type { Pulse } from '../../../jobs/ports.ts';
import type { RepoName } from '../../domain/ids.ts';
import { PermanentError } from '../../errors.ts';
import { type GitHubContext, ownerAndName } from './github-context.ts';
import { readQuery } from './graph-failure.ts';
import { repositoryKey } from './id-book.ts';
import { releaseHead, releaseHeadFragment, toReleaseHeads } from './release-head.ts';
import { actor, commitSha, isApp, nodesOf } from './shapes.ts';

/** What the issue form puts on its issues; the sweep asks for these alone. */
const REQUEST_LABEL = 'tenant-request';

export const pulseQuery = `
query Pulse($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    id
    defaultBranchRef { target { oid } }
    pullRequests(first: 50, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes { number state headRefName updatedAt author { __typename login } }
    }
    issues(first: 30, labels: ["${REQUEST_LABEL}"], orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes { number state updatedAt }
    }
    releases(first: 20, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { ...ReleaseHead } }
  }
}
${releaseHeadFragment}`;

const pull = z.object({
  number: z.number().int(),
  state: z.string(),
  headRefName: z.string(),
  updatedAt: z.string(),
  author: actor,
});

const issue = z.object({ number: z.number().int(), state: z.string(), updatedAt: z.string() });

const shape = z.object({
  repository: z.object({
    id: z.string(),
    defaultBranchRef: z.object({ target: z.object({ oid: commitSha }) }).nullable(),
    pullRequests: nodesOf(pull),
    issues: nodesOf(issue),
    releases: nodesOf(releaseHead),
  }),
});

/** What changed last, in one query that costs one point. */
export async function readPulse({ client, ids, appSlug }: GitHubContext, repo: RepoName): Promise<Pulse> {
  const what = `look whether ${repo} has changed`;
  const answer = await client.query(repo, what, { query: pulseQuery, variables: ownerAndName(repo) });
  const { id, defaultBranchRef, pullRequests, issues, releases } = readQuery(what, answer, shape).repository;
  if (defaultBranchRef === null)
    throw new PermanentError('empty-repository', `${repo} has no default branch`);
  ids.put(repositoryKey(repo), id);
  const pulls = pullRequests.map(({ number, state, headRefName: branch, updatedAt, author }) => {
    return { number, branch, ours: isApp(author, appSlug), isOpen: state === 'OPEN', updatedAt };
  });
  return {
    head: defaultBranchRef.target.oid,
    at: answer.at,
    pulls,
    issues: issues.map(({ state, ...same }) => ({ ...same, isOpen: state === 'OPEN' })),
    releases: toReleaseHeads(releases),
  };
}
