import { z } from 'zod';
import type { LedgerPlace } from '../../../../jobs/change/change-ports.ts';
import type { LedgerRecord } from '../../../domain/change/record.ts';
import { recordPath, recordText } from '../../../domain/change/record-text.ts';
import { AmbiguousWriteError, PermanentError, RetryableError } from '../../../errors.ts';
import type { Answer, GitHubClient } from '../client.ts';
import { ownerAndName } from '../github-context.ts';
import { checkMutations, failureOf, fieldError, judgeField } from '../graph-failure.ts';
import { commitSha } from '../shapes.ts';

export const appendRecordMutation = `
mutation AppendRecord(
  $repository: String!, $branch: String!, $head: GitObjectID!, $headline: String!, $body: String!, $files: [FileAddition!]!
) {
  createCommitOnBranch(
    input: {
      branch: { repositoryNameWithOwner: $repository, branchName: $branch }
      expectedHeadOid: $head
      message: { headline: $headline, body: $body }
      fileChanges: { additions: $files }
    }
  ) { commit { oid } }
}`;

const appended = z.object({ createCommitOnBranch: z.object({ commit: z.object({ oid: commitSha }) }) });
const made = z.object({ sha: commitSha });

/**
 * Writes a record on top of `head`, or as the first commit of a branch that must not be there yet.
 *
 * @returns the commit; undefined when somebody was quicker.
 * @throws AmbiguousWriteError when it may or may not stand now.
 */
export async function commitRecord(
  client: GitHubClient,
  at: LedgerPlace,
  head: string | undefined,
  record: LedgerRecord,
): Promise<string | undefined> {
  return head === undefined
    ? await foundBranch(client, at, record)
    : await addCommit(client, at, head, record);
}

async function addCommit(
  client: GitHubClient,
  at: LedgerPlace,
  head: string,
  record: LedgerRecord,
): Promise<string | undefined> {
  const what = `append a record to ${at.branch} of ${at.repository}`;
  const text = recordText(record);
  const variables = {
    repository: at.repository,
    branch: at.branch,
    head,
    headline: headlineOf(record),
    body: text.trimEnd(),
    files: [{ path: recordPath(record), contents: Buffer.from(text, 'utf8').toString('base64') }],
  };
  const answer = await client.mutate(at.repository, what, { query: appendRecordMutation, variables });
  checkMutations(what, answer);
  const failure = failureOf(answer, 'createCommitOnBranch');
  if (failure !== undefined) {
    if (['stale', 'not-found'].includes(judgeField(failure))) return undefined;
    throw fieldError(what, failure);
  }
  const read = appended.safeParse(answer.data);
  if (read.success) return read.data.createCommitOnBranch.commit.oid;
  throw new AmbiguousWriteError(`failed to ${what}: the answer does not say that it was done`);
}

/** A commit without parents can be made by REST only. Until the last step nothing can be seen of it. */
async function foundBranch(
  client: GitHubClient,
  at: LedgerPlace,
  record: LedgerRecord,
): Promise<string | undefined> {
  const { repository } = at;
  const what = `start the ledger ${at.branch} of ${repository}`;
  const { owner, name: repo } = ownerAndName(repository);
  const text = recordText(record);
  const make = async (kind: 'trees' | 'commits', body: object) => {
    const answer = await client.post(repository, what, `/repos/{owner}/{repo}/git/${kind}`, {
      owner,
      repo,
      ...body,
    });
    return shaOf(what, answer);
  };
  const file = { path: recordPath(record), mode: '100644', type: 'blob', content: text };
  const tree = await make('trees', { tree: [file] });
  const message = `${headlineOf(record)}\n\n${text.trimEnd()}`;
  const commit = await make('commits', { message, tree, parents: [] });
  const ref = { owner, repo, ref: `refs/heads/${at.branch}`, sha: commit };
  const answer = await client.post(repository, what, '/repos/{owner}/{repo}/git/refs', ref, [422]);
  if (answer.status !== 422) return commit;
  const reason = z.object({ message: z.string() }).safeParse(answer.data).data?.message ?? '';
  if (/already exists/i.test(reason)) return undefined;
  throw new PermanentError('refused', `failed to ${what}: ${reason.slice(0, 300)}`);
}

function shaOf(what: string, { data }: Answer): string {
  const read = made.safeParse(data);
  if (read.success) return read.data.sha;
  throw new RetryableError(`failed to ${what}: unexpected answer`, { cause: read.error });
}

function headlineOf({ seq, deed }: LedgerRecord): string {
  const about = 'change' in deed ? ` change ${deed.change}` : '';
  return `record ${seq}:${about} ${deed.kind}`;
}
