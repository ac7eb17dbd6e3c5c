import { z } from 'zod';
import type { CommitSha, RepoName } from '../../../domain/ids.ts';
import { type GitHubContext, ownerAndName } from '../github-context.ts';
import { checkMutations, failureOf, fieldError, judgeField, readQuery } from '../graph-failure.ts';
import { pullKey } from '../id-book.ts';

export const enqueueMutation = `
mutation Enqueue($pull: ID!, $head: GitObjectID!) {
  enqueuePullRequest(input: { pullRequestId: $pull, expectedHeadOid: $head }) { clientMutationId }
}`;

export const pullIdQuery = `
query PullId($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { id } }
}`;

const shape = z.object({ repository: z.object({ pullRequest: z.object({ id: z.string() }) }) });

/** Puts a pull request into its base's merge queue if its head still is `head`; one that waits there already is queued. */
export async function enqueuePull(
  context: GitHubContext,
  repo: RepoName,
  number: number,
  head: CommitSha,
): Promise<'queued' | 'head-moved' | 'refused'> {
  const what = `put ${repo}#${number} into the merge queue`;
  const variables = { pull: await pullId(context, repo, number), head };
  const answer = await context.client.mutate(repo, what, { query: enqueueMutation, variables });
  checkMutations(what, answer);
  const failure = failureOf(answer, 'enqueuePullRequest');
  if (failure === undefined) return 'queued';
  // GitHub has no codes for these, only sentences.
  if (/already (?:in|queued|enqueued)/i.test(failure.message)) return 'queued';
  const verdict = judgeField(failure);
  const headMoved = /head (?:branch|sha|oid|ref)\b.*(?:modified|changed|match)|expected head/i;
  if (verdict === 'stale' || headMoved.test(failure.message)) return 'head-moved';
  if (verdict === 'refused') return 'refused';
  throw fieldError(what, failure);
}

async function pullId({ client, ids }: GitHubContext, repo: RepoName, number: number): Promise<string> {
  const known = ids.get(pullKey(repo, number));
  if (typeof known === 'string') return known;
  const what = `read the id of ${repo}#${number}`;
  const variables = { ...ownerAndName(repo), number };
  const answer = await client.query(repo, what, { query: pullIdQuery, variables });
  const { id } = readQuery(what, answer, shape).repository.pullRequest;
  ids.put(pullKey(repo, number), id);
  return id;
}
