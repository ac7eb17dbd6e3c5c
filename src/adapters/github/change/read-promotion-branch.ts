import { z } from 'zod';
import type { PromotionPull } from '../../../../jobs/change/change-ports.ts';
import type { CommitSha } from '../../../domain/ids.ts';
import { type GitHubContext, ownerAndName } from '../github-context.ts';
import type { GraphError } from '../graph-answer.ts';
import { readQuery } from '../graph-failure.ts';
import { isMadeByApp, requestCommit, requestCommitFragment } from '../request-commit.ts';
import { commitSha, nodesOf } from '../shapes.ts';

export const promotionBranchQuery = `
query PromotionBranch(
  $owner: String!, $name: String!, $branch: String!, $ref: String!, $base: String!, $path: String!
) {
  repository(owner: $owner, name: $name) {
    ref(qualifiedName: $ref) {
      target {
        oid
        ... on Commit {
          ...RequestCommit
          changedFilesIfAvailable
          file(path: $path) { object { ... on Blob { text isTruncated } } }
        }
      }
    }
    base: ref(qualifiedName: $base) { compare(headRef: $ref) { aheadBy } }
    pullRequests(
      headRefName: $branch, states: OPEN, first: 100, orderBy: { field: CREATED_AT, direction: DESC }
    ) { nodes { number isCrossRepository baseRefName headRefOid } }
  }
}
${requestCommitFragment}`;

const file = z.object({
  object: z.object({ text: z.string().nullish(), isTruncated: z.boolean().optional() }).nullable(),
});

const shape = z.object({
  repository: z.object({
    ref: z
      .object({
        target: requestCommit
          .and(z.object({ changedFilesIfAvailable: z.number().nullable(), file: file.nullable() }))
          .nullable(),
      })
      .nullable(),
    base: z.object({ compare: z.object({ aheadBy: z.number().int() }).nullable() }).nullable(),
    pullRequests: nodesOf(
      z.object({
        number: z.number().int(),
        isCrossRepository: z.boolean(),
        baseRefName: z.string(),
        headRefOid: commitSha,
      }),
    ),
  }),
});
type Target = NonNullable<NonNullable<z.output<typeof shape>['repository']['ref']>['target']>;

/** What stands of a promotion. */
export type PromotionBranch =
  /** Nothing but the base's commit; who made it the activity log tells. */
  | { readonly kind: 'bare' }
  /** Our one commit, with exactly the file that is wanted. */
  | { readonly kind: 'committed' }
  | { readonly kind: 'opened'; readonly number: number; readonly head: CommitSha }
  | { readonly kind: 'taken' }
  /** Deleted meanwhile, or GitHub's reads lag behind. */
  | { readonly kind: 'gone' };

export async function readPromotionBranch(
  { client, appSlug }: GitHubContext,
  plan: PromotionPull,
): Promise<PromotionBranch> {
  const { repo, branch, base, file: wanted, onTopOf } = plan;
  const what = `read the branch ${branch} of ${repo}`;
  const ref = `refs/heads/${branch}`;
  const variables = { ...ownerAndName(repo), branch, ref, base: `refs/heads/${base}`, path: wanted.path };
  const answer = await client.query(repo, what, { query: promotionBranchQuery, variables });
  const read = readQuery(what, answer, shape, isNoMatch).repository;
  const target = read.ref?.target;
  if (!target) return { kind: 'gone' };
  const pull = read.pullRequests.find((each) => !each.isCrossRepository && each.baseRefName === base);
  if (target.oid === onTopOf && pull === undefined) return { kind: 'bare' };
  const isAlone = read.base?.compare?.aheadBy === 1;
  if (!isAlone || !isMadeByApp(target, appSlug) || !holdsOnly(target, wanted.content))
    return { kind: 'taken' };
  if (pull === undefined) return { kind: 'committed' };
  return { kind: 'opened', number: pull.number, head: target.oid };
}

function holdsOnly({ changedFilesIfAvailable, file: found }: Target, content: string): boolean {
  const blob = found?.object;
  return changedFilesIfAvailable === 1 && blob?.text === content && blob.isTruncated !== true;
}

/** GitHub compares nothing that is not there or has nothing in common. */
function isNoMatch({ type, path }: GraphError): boolean {
  return type === 'NOT_FOUND' && (path.at(-1) === 'compare' || path.at(-1) === 'file');
}
