import { z } from 'zod';
import { parseTrailers } from '../../domain/convention.ts';
import type { RepoName } from '../../domain/ids.ts';
import type { RequestPull } from '../../domain/request-state.ts';
import { requestCommit, requestCommitFragment, trailersOfAppCommit } from './request-commit.ts';
import { actor, commitSha, isApp, nodesOf } from './shapes.ts';

export const requestPullFragment = `
fragment RequestPull on PullRequest {
  id number url title body state isCrossRepository headRefName headRefOid createdAt updatedAt
  author { __typename login }
  mergedBy { __typename login }
  closing: timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) {
    nodes { ... on ClosedEvent { actor { __typename login } } }
  }
  labels(first: 50) { nodes { name } }
  files(first: 100) { nodes { path } }
  commits(first: 1) { nodes { commit { ...RequestCommit } } }
  latestOpinionatedReviews(first: 100) { nodes { id state submittedAt author { __typename login } } }
  reviewRequests(first: 100) {
    nodes {
      requestedReviewer {
        __typename
        ... on User { login }
        ... on Bot { login }
        ... on Mannequin { login }
        ... on Team { combinedSlug }
      }
    }
  }
}
${requestCommitFragment}`;

const reviewer = z.object({ login: z.string().optional(), combinedSlug: z.string().optional() }).nullable();

export const requestPull = z.object({
  id: z.string(),
  number: z.number().int(),
  url: z.url(),
  title: z.string(),
  body: z.string(),
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  isCrossRepository: z.boolean(),
  headRefName: z.string(),
  headRefOid: commitSha,
  createdAt: z.string(),
  updatedAt: z.string(),
  author: actor,
  mergedBy: actor,
  closing: nodesOf(z.object({ actor: actor.optional() })),
  labels: nodesOf(z.object({ name: z.string() })),
  files: nodesOf(z.object({ path: z.string() })),
  commits: nodesOf(z.object({ commit: requestCommit })),
  latestOpinionatedReviews: nodesOf(
    z.object({ id: z.string(), state: z.string(), submittedAt: z.string().nullable(), author: actor }),
  ),
  reviewRequests: nodesOf(z.object({ requestedReviewer: reviewer })),
});

export type PullShape = z.output<typeof requestPull>;

/** A pull request as GitHub tells it, in the domain's words. */
export function toRequestPull(repo: RepoName, appSlug: string, pull: PullShape): RequestPull {
  const ours = isApp(pull.author, appSlug);
  return {
    repo,
    number: pull.number,
    url: pull.url,
    title: pull.title,
    branch: pull.headRefName,
    head: pull.headRefOid,
    state: stateOf(pull),
    ours,
    ...trailersOf(pull, appSlug, ours),
    endedBy: endedBy(pull),
    reviews: reviewsOf(pull),
    createdAt: pull.createdAt,
    updatedAt: pull.updatedAt,
    labels: pull.labels.map(({ name }) => name),
    paths: pull.files.map(({ path }) => path),
    awaitedReviewers: pull.reviewRequests.flatMap(({ requestedReviewer: who }) => {
      const name = who?.login ?? who?.combinedSlug;
      return name === undefined ? [] : [name];
    }),
  };
}

function stateOf({ state }: PullShape): RequestPull['state'] {
  if (state === 'OPEN') return 'open';
  return state === 'MERGED' ? 'merged' : 'closed';
}

function endedBy({ state, mergedBy, closing }: PullShape): string | undefined {
  if (state === 'OPEN') return undefined;
  return (state === 'MERGED' ? mergedBy?.login : undefined) ?? closing.at(-1)?.actor?.login;
}

/** The body can be edited by whoever may write, so the commit comes first, and a body counts only where we wrote it. */
function trailersOf(pull: PullShape, appSlug: string, ours: boolean) {
  const commit = pull.commits[0]?.commit;
  const signed = commit && trailersOfAppCommit(commit, appSlug);
  const ownBody = ours ? parseTrailers(pull.body) : undefined;
  const read = signed?.requestId === undefined ? ownBody : signed;
  return { requestId: read?.requestId, requestedBy: read?.requestedBy };
}

function reviewsOf({ latestOpinionatedReviews }: PullShape): RequestPull['reviews'] {
  return latestOpinionatedReviews
    .toSorted((one, other) => Date.parse(one.submittedAt ?? '') - Date.parse(other.submittedAt ?? ''))
    .flatMap(({ id, state, author }) => {
      const opinion = OPINIONS[state];
      return author === null || opinion === undefined ? [] : [{ id, by: author.login, opinion }];
    });
}

const OPINIONS: Readonly<Record<string, 'approved' | 'changes-asked'>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-asked',
};
