import { z } from 'zod';
import type { ConventionPull } from '../../../../jobs/conventions/convention-ports.ts';
import type { RepoName } from '../../../domain/ids.ts';
import { PermanentError } from '../../../errors.ts';
import { type GitHubContext, ownerAndName } from '../github-context.ts';
import type { GraphError } from '../graph-answer.ts';
import { readQuery } from '../graph-failure.ts';
import { commitSha, nodesOf } from '../shapes.ts';

/** The name of the App's check of conventions. */
const CHECK = 'conventions';

export const conventionPullQuery = `
query ConventionPull($owner: String!, $name: String!, $number: Int!, $app: Int!) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    pullRequest(number: $number) {
      title state baseRefName headRefOid
      baseRef { target { oid } }
      tip: commits(last: 1) {
        nodes {
          commit {
            oid
            checkSuites(last: 5, filterBy: { appId: $app }) {
              nodes {
                app { databaseId }
                checkRuns(last: 5, filterBy: { appId: $app, checkName: "${CHECK}", checkType: LATEST }) {
                  nodes { name externalId }
                }
              }
            }
          }
        }
      }
    }
  }
}`;

const suite = z.object({
  app: z.object({ databaseId: z.number().nullable() }).nullable(),
  checkRuns: nodesOf(z.object({ name: z.string(), externalId: z.string().nullable() })),
});

const pullShape = z.object({
  title: z.string(),
  state: z.string(),
  baseRefName: z.string(),
  headRefOid: commitSha,
  baseRef: z.object({ target: z.object({ oid: commitSha }).nullable() }).nullable(),
  tip: nodesOf(z.object({ commit: z.object({ oid: commitSha, checkSuites: nodesOf(suite) }) })),
});

const shape = z.object({
  repository: z.object({
    defaultBranchRef: z.object({ name: z.string() }).nullable(),
    pullRequest: pullShape.nullable(),
  }),
});

/** A pull request as the check of conventions needs it, in one query. */
export async function readConventionPull(
  { client, appId }: GitHubContext,
  repo: RepoName,
  number: number,
): Promise<ConventionPull | undefined> {
  const what = `read ${repo}#${number} for its conventions`;
  const variables = { ...ownerAndName(repo), number, app: appId };
  const answer = await client.query(repo, what, { query: conventionPullQuery, variables });
  const { defaultBranchRef, pullRequest: pull } = readQuery(what, answer, shape, isNoPull).repository;
  if (defaultBranchRef === null)
    throw new PermanentError('empty-repository', `${repo} has no default branch`);
  if (pull === null) return undefined;
  return {
    repo,
    number,
    title: pull.title,
    isOpen: pull.state === 'OPEN',
    base: pull.baseRefName,
    baseHead: pull.baseRef?.target?.oid,
    head: pull.headRefOid,
    defaultBranch: defaultBranchRef.name,
    reported: reportedOf(pull, appId),
  };
}

function isNoPull({ type, path }: GraphError): boolean {
  return type === 'NOT_FOUND' && path.at(-1) === 'pullRequest';
}

/** Asked for by App already; looked at again, since only the App's own check says what it said. */
function reportedOf({ tip, headRefOid }: z.output<typeof pullShape>, appId: number): string | undefined {
  const head = tip.find(({ commit }) => commit.oid === headRefOid)?.commit;
  const runs = (head?.checkSuites ?? [])
    .filter(({ app }) => app?.databaseId === appId)
    .flatMap(({ checkRuns }) => checkRuns)
    .filter(({ name }) => name === CHECK);
  return runs.at(-1)?.externalId ?? undefined;
}
