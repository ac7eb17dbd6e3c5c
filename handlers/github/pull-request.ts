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

/** After these, what a pull request does to production, or what keeps it from merging, may be something else. */
const CHANGES_THE_PULL: readonly string[] = [
  'opened',
  'reopened',
  'synchronize',
  'edited',
  'ready_for_review',
  'converted_to_draft',
  'closed',
  'dequeued',
];

/** After these, what the conventions say of it may be something else. */
const CHANGES_THE_CONVENTIONS: readonly string[] = ['opened', 'reopened', 'synchronize', 'edited'];

/** Every pull request's head gets its checks, whatever its branch is called. */
export async function pullRequestChanged(
  intake: Pick<Intake, 'lookAtPlatform' | 'lookAtRequest' | 'lookAtPull' | 'lookAtConventions'>,
  repo: RepoName,
  event: PullRequestEvent,
): Promise<void> {
  const { number } = event.pull_request;
  if (CHANGES_THE_PULL.includes(event.action)) await intake.lookAtPull(repo, number);
  if (CHANGES_THE_CONVENTIONS.includes(event.action)) await intake.lookAtConventions(repo, number);
  await requestChanged(intake, repo, event);
}

/** Anything about the pull request of a tenant request may be news for who asked. */
export async function requestChanged(
  intake: Pick<Intake, 'lookAtPlatform' | 'lookAtRequest'>,
  repo: RepoName,
  { action, pull_request: pull }: PullRequestEvent,
): Promise<void> {
  if (!pull.head.ref.startsWith('tenant-')) return;
  await intake.lookAtRequest(repo, pull.number);
  if (CHANGES_THE_LIST.includes(action)) await intake.lookAtPlatform(repo);
}
