import { z } from 'zod';
import type { ChangeRepository, MergeResult } from '../../../../jobs/change/change-ports.ts';
import { AmbiguousWriteError } from '../../../errors.ts';
import { type GitHubContext, ownerAndName } from '../github-context.ts';
import { commitSha } from '../shapes.ts';

const done = z.object({ sha: commitSha, merged: z.literal(true) });
const refusal = z.object({ message: z.string() });

/**
 * Merges a pull request by squash, by GitHub's compare-and-swap on its head.
 *
 * @throws AmbiguousWriteError when nobody knows whether it was merged: look before it is tried again.
 * @see https://docs.github.com/rest/pulls/pulls#merge-a-pull-request
 */
export async function mergePull(
  { client }: GitHubContext,
  { repo, number, head, title, message }: Parameters<ChangeRepository['merge']>[0],
): Promise<MergeResult> {
  const what = `merge ${repo}#${number}`;
  const { owner, name } = ownerAndName(repo);
  const parameters = {
    owner,
    repo: name,
    pull_number: number,
    sha: head,
    merge_method: 'squash',
    commit_title: `${title} (#${number})`,
    commit_message: message,
  };
  const route = '/repos/{owner}/{repo}/pulls/{pull_number}/merge';
  const answer = await client.put(repo, what, route, parameters, [405, 409]);
  if (answer.status === 409) return { kind: 'head-moved' };
  if (answer.status === 405) return toRefusal(answer.data);
  const read = done.safeParse(answer.data);
  if (read.success) return { kind: 'merged', commit: read.data.sha };
  throw new AmbiguousWriteError(`failed to ${what}: the answer cannot be read`, { cause: read.error });
}

/** GitHub has no code for a queue that is required, only a sentence. */
function toRefusal(data: unknown): MergeResult {
  const { message } = refusal.safeParse(data).data ?? { message: 'GitHub gives no reason' };
  return /merge queue/i.test(message) ? { kind: 'queue-required' } : { kind: 'refused', message };
}
