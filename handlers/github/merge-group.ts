import type { CommitSha, RepoName } from '../../src/domain/ids.ts';
import type { Intake } from '../ports.ts';

/**
 * The part of a merge queue's events that matters here.
 * https://docs.github.com/webhooks/webhook-events-and-payloads#merge_group
 */
export interface MergeGroupEvent {
  readonly action: string;
  readonly repository?: { readonly full_name: string } | undefined;
  /** `head_ref` is a full ref: `refs/heads/gh-readonly-queue/…`. */
  readonly merge_group: { readonly head_sha: string; readonly head_ref: string };
}

/** A merge queue waits for the check on every head that it makes. */
export async function queueAsked(
  intake: Pick<Intake, 'answerQueue'>,
  repo: RepoName,
  { action, merge_group: group }: MergeGroupEvent,
): Promise<void> {
  if (action !== 'checks_requested') return;
  await intake.answerQueue(repo, group.head_sha as CommitSha, group.head_ref.replace(/^refs\/heads\//, ''));
}
