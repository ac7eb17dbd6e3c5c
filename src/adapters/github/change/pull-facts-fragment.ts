import { z } from 'zod';
import { requestCommit, requestCommitFragment } from '../request-commit.ts';
import { actor, commitSha, nodesOf } from '../shapes.ts';
import { APPROVAL_CHECK } from './approval-check.ts';

/** Commits of a pull request whose authors are read. */
export const MOST_COMMITS = 100;

/** How a head can come back to a commit where it has been before. */
const MOVES = [
  'HEAD_REF_FORCE_PUSHED_EVENT',
  'HEAD_REF_DELETED_EVENT',
  'HEAD_REF_RESTORED_EVENT',
  'REOPENED_EVENT',
] as const;

/** Ours is among the first of a conversation; where it is not, it is looked for. */
const FIRST_COMMENTS = 5;

/**
 * Whatever decides about a pull request. Uses the variable `$app`, an App's id, so that a check of the same name by
 * another App is never read as ours.
 */
export const pullFactsFragment = `
fragment ChangePull on PullRequest {
  id number url title body state isDraft isCrossRepository updatedAt
  baseRefName headRefName headRefOid mergeable reviewDecision isInMergeQueue mergedAt
  author { __typename login }
  mergedBy { __typename login }
  mergeCommit { oid }
  queued: timelineItems(last: 1, itemTypes: [ADDED_TO_MERGE_QUEUE_EVENT]) {
    nodes { ... on AddedToMergeQueueEvent { actor { __typename login } } }
  }
  moved: timelineItems(last: 1, itemTypes: [${MOVES.join(', ')}]) {
    nodes { __typename ... on Node { id } }
  }
  comments(first: ${FIRST_COMMENTS}) { totalCount nodes { fullDatabaseId body author { __typename login } } }
  commits(last: ${MOST_COMMITS}) { totalCount nodes { commit { ...ChangeCommit } } }
  latestOpinionatedReviews(first: 100) {
    nodes { fullDatabaseId state body author { __typename login } commit { oid } }
  }
  tip: commits(last: 1) {
    nodes {
      commit {
        oid
        checkSuites(last: 5, filterBy: { appId: $app }) {
          nodes {
            app { databaseId }
            checkRuns(last: 5, filterBy: { appId: $app, checkName: "${APPROVAL_CHECK}", checkType: LATEST }) {
              nodes { databaseId permalink name status conclusion title }
            }
          }
        }
      }
    }
  }
}
fragment ChangeCommit on Commit {
  ...RequestCommit
  authorship: author { user { login } }
  committer { email user { login } }
  parents(first: 2) { nodes { oid } }
}
${requestCommitFragment}`;

const gitUser = z.object({ login: z.string() }).nullable();

const commit = requestCommit.and(
  z.object({
    authorship: z.object({ user: gitUser }).nullable(),
    committer: z.object({ email: z.string().nullable(), user: gitUser }).nullable(),
    parents: nodesOf(z.object({ oid: commitSha })),
  }),
);
export type ChangeCommit = z.output<typeof commit>;

const ownRun = z.object({
  databaseId: z.number().nullish(),
  permalink: z.string(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  title: z.string().nullable(),
});
export type OwnRun = z.output<typeof ownRun>;

const suite = z.object({
  app: z.object({ databaseId: z.number().nullable() }).nullable(),
  checkRuns: nodesOf(ownRun),
});

const review = z.object({
  fullDatabaseId: z.coerce.number().int(),
  state: z.string(),
  body: z.string(),
  author: actor,
  commit: z.object({ oid: commitSha }).nullable(),
});
export type ReviewShape = z.output<typeof review>;

const comment = z.object({ fullDatabaseId: z.coerce.number().int(), body: z.string(), author: actor });

/** A rollup's checks and statuses; only with a pull request's number does GitHub tell which are required. */
export function rollupField(number: string): string {
  return `
    statusCheckRollup {
      contexts(first: 100) {
        pageInfo { hasNextPage }
        nodes {
          __typename
          ... on CheckRun {
            name status conclusion isRequired(pullRequestNumber: ${number})
            checkSuite { app { databaseId } }
          }
          ... on StatusContext { context state isRequired(pullRequestNumber: ${number}) }
        }
      }
    }`;
}

const checkContext = z.discriminatedUnion('__typename', [
  z.object({
    __typename: z.literal('CheckRun'),
    name: z.string(),
    status: z.string(),
    conclusion: z.string().nullable(),
    isRequired: z.boolean(),
    checkSuite: z
      .object({ app: z.object({ databaseId: z.number().nullable() }).nullable() })
      .nullable()
      .optional(),
  }),
  z.object({
    __typename: z.literal('StatusContext'),
    context: z.string(),
    state: z.string(),
    isRequired: z.boolean(),
  }),
]);
export type CheckContext = z.output<typeof checkContext>;

export const rollup = z
  .object({
    contexts: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean() }),
      nodes: z.array(checkContext.nullable()).nullable(),
    }),
  })
  .nullable();

export const changePull = z.object({
  id: z.string(),
  number: z.number().int(),
  url: z.url(),
  title: z.string(),
  body: z.string(),
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  isDraft: z.boolean(),
  isCrossRepository: z.boolean(),
  updatedAt: z.string(),
  baseRefName: z.string(),
  headRefName: z.string(),
  headRefOid: commitSha,
  mergeable: z.enum(['MERGEABLE', 'CONFLICTING', 'UNKNOWN']),
  reviewDecision: z.enum(['APPROVED', 'CHANGES_REQUESTED', 'REVIEW_REQUIRED']).nullable(),
  isInMergeQueue: z.boolean(),
  mergedAt: z.string().nullable(),
  author: actor,
  mergedBy: actor,
  mergeCommit: z.object({ oid: commitSha }).nullable(),
  queued: nodesOf(z.object({ actor })),
  moved: nodesOf(z.object({ id: z.string() })),
  comments: z.object({
    totalCount: z.number().int(),
    nodes: z.array(comment.nullable()).nullable(),
  }),
  commits: z.object({
    totalCount: z.number().int(),
    nodes: z.array(z.object({ commit }).nullable()).nullable(),
  }),
  latestOpinionatedReviews: nodesOf(review),
  tip: nodesOf(z.object({ commit: z.object({ oid: commitSha, checkSuites: nodesOf(suite) }) })),
  statusCheckRollup: rollup,
});
export type ChangePullShape = z.output<typeof changePull>;
