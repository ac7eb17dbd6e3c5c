import type { RepoName } from '../../src/domain/ids.ts';
import type { Intake } from '../ports.ts';

/**
 * The part of a pull request's events, and of its reviews' events, that matters here.
 * https://docs.github.com/webhooks/webhook-events-and-payloads#pull_request
 */
export interface PullRequestEvent {
  readonly action: string;
  readonly repository: { readonly full_name: string };
  readonly pull_request: { readonly number: number; readonly head: { readonly ref: string } };
}

/** After these, the list of requests under way is another one. */
const CHANGES_THE_LIST: readonly string[] = ['opened', 'closed', 'reopened', 'edited'];

/** Anything about the pull request of a tenant request may be news for who asked. */
export async function pullRequestChanged(
  intake: Pick<Intake, 'lookAtPlatform' | 'lookAtRequest'>,
  repo: RepoName,
  { action, pull_request: pull }: PullRequestEvent,
): Promise<void> {
  if (!pull.head.ref.startsWith('tenant-')) return;
  await intake.lookAtRequest(repo, pull.number);
  if (CHANGES_THE_LIST.includes(action)) await intake.lookAtPlatform(repo);
}
